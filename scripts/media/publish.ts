import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { findMasterByUri } from '#lib/masters/master-repo.ts';
import { findActingUser } from '#lib/users/find-acting-user.ts';
import { withPortal } from '#scripts/cli/open-portal.ts';
import { collect, given } from '#scripts/cli/parse-options.ts';
import { type CommandIo, runCommand } from '#scripts/cli/run-command.ts';
import { ensureClip } from './ensure-clip.ts';
import {
  factsOfMasterUri,
  type MasterFactsForClips,
  type PublishInput,
  type PublishRequest,
  parsePublish,
  publishFlags,
  publishRequestOf,
} from './publish-options.ts';
import { noteUnfinishedCut, waitForClip } from './wait-for-clip.ts';

/** A registered master knows its place itself; one that HeartBeat put there, by its key. */
async function factsOfMaster(
  deps: Pick<PortalDeps, 'db'>,
  user: UserContext,
  uri: string,
): Promise<MasterFactsForClips> {
  const master = await withinReach(deps.db, user, (tx) => findMasterByUri(tx, uri));
  return {
    ...factsOfMasterUri(uri),
    ...(master ? { team_code: master.teamCode, season: master.season, game_id: master.gameId } : {}),
    ...given({ period: master?.period ?? undefined }),
  };
}

async function publish(deps: PortalDeps, user: UserContext, request: PublishRequest, io: CommandIo): Promise<void> {
  const { clip, how } = await ensureClip(deps, user, request);
  if (clip.processing_status === 'ready') {
    io.reporter.succeed(`The clip ${clip.clip_id} is ready already.`);
    return;
  }
  if (how === 'retried') io.reporter.note(`The clip ${clip.clip_id} had failed; it is in line again.`);
  try {
    const ready = await waitForClip(deps, user, clip.clip_id, io);
    io.reporter.succeed(
      `The clip ${ready.clip_id} is ready: ${ready.duration_s.toFixed(1)} s, ${ready.assets.length} files.`,
    );
  } finally {
    noteUnfinishedCut(clip.clip_id, io);
  }
}

const sourceOf = ({ fields }: PublishInput): string => String(fields.source_gcs_uri);

await runCommand({
  usage: 'npm run media:publish --',
  summary:
    'Creates a clip and waits until it is ready. Team, season, game, period, date and opponent are the master’s own unless told. The same command again answers for the clip that is there.',
  define: (command) => {
    command
      .requiredOption('--master <uri>', 'the master: gs://lake/media/raw/…')
      .requiredOption('--clip-id <id>', 'its public name')
      .requiredOption('--start <time>', 'in seconds (83.5) or as a clock (1:23.5), from the master’s first moment')
      .requiredOption('--end <time>', 'the same; the last frame is the one before it')
      .requiredOption('--event-type <event>', 'what it shows: shot, zoneentry, …')
      .requiredOption('--player-id <id>', 'whom it shows');
    for (const [flag, about] of publishFlags()) command.option(flag, about);
    command
      .option('--tag <tags>', 'repeat it or use commas', collect)
      .option('--as <email>', 'the account that makes it; the first admin, unless told');
  },
  parse: parsePublish,
  run: (input, io) =>
    withPortal(async ({ deps }) => {
      const user = await findActingUser(deps, input.as);
      const request = publishRequestOf(input, await factsOfMaster(deps, user, sourceOf(input)));
      await publish(deps, user, request, io);
      io.print(request.clip_id);
    }),
});
