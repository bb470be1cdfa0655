import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { createClipSchema } from '#lib/clips/clip-schemas.ts';
import { readMasterName } from '#lib/masters/master-name-schemas.ts';
import type { MasterJson } from '#lib/masters/master-schemas.ts';
import type { Portal } from '#lib/runtime/portal.ts';
import { findActingUser } from '#lib/users/find-acting-user.ts';
import { withPortal } from '#scripts/cli/open-portal.ts';
import { type CommandIo, runCommand } from '#scripts/cli/run-command.ts';
import { bytesInWords, createTransferMeter } from '#scripts/cli/transfer-words.ts';
import { ensureClip } from './ensure-clip.ts';
import { type IngestProgress, ingestMaster } from './ingest-master.ts';
import { assertClipLength, type IngestInput, parseIngest } from './ingest-options.ts';
import { inspectLocalMaster, openLocalMaster } from './local-master.ts';
import { refuseTakenName } from './refuse-taken-name.ts';
import { noteUnfinishedCut, waitForClip } from './wait-for-clip.ts';

const PHASES: Record<IngestProgress['phase'], string> = {
  reading: 'Reading the checksum',
  sending: 'Uploading',
  checking: 'Checking the upload',
};

/** Words for each phase; each has a speed of its own. */
function progressReport({ reporter }: CommandIo): (progress: IngestProgress) => void {
  let phase: IngestProgress['phase'] | null = null;
  let meter = createTransferMeter();
  return (progress) => {
    if (progress.phase !== phase) {
      phase = progress.phase;
      meter = createTransferMeter();
      reporter.start(PHASES[phase]);
    }
    const { doneBytes, totalBytes } = progress;
    const trouble = progress.isRetrying ? ', no answer: trying again' : '';
    const words = phase === 'checking' ? '' : `, ${meter.words(doneBytes, totalBytes)}${trouble}`;
    reporter.update(`${PHASES[progress.phase]}${words}`, doneBytes / totalBytes);
  };
}

async function upload(portal: Portal, user: UserContext, input: IngestInput, io: CommandIo): Promise<MasterJson> {
  authorize(user, 'masters.write');
  const local = await openLocalMaster(input.file, input.filename);
  await refuseTakenName(portal.deps, user, input, local.sizeBytes);
  io.reporter.start(`Looking at ${local.filename} (${bytesInWords(local.sizeBytes)})`);
  const facts = await inspectLocalMaster(portal.deps, local, io.signal);
  if (input.clip_id) assertClipLength(facts.durationS);
  const { team_code, season, game_id, period = null } = input;
  try {
    return await ingestMaster(
      portal,
      user,
      local,
      { team_code, season, game_id, period },
      {
        signal: io.signal,
        onProgress: progressReport(io),
      },
    );
  } finally {
    if (io.signal.aborted) io.reporter.note('What was sent is kept: run the same command again to go on.');
  }
}

/** HeartBeat's old flag: the whole master is one clip. */
async function clipWhole(portal: Portal, user: UserContext, input: IngestInput, master: MasterJson, io: CommandIo) {
  const { opponentCode, gameDate } = readMasterName(master.filename);
  const { clip_id: clipId } = input;
  if (!clipId) return;
  const asked = createClipSchema.parse({
    clip_id: clipId,
    source_gcs_uri: master.lake_uri,
    start_timecode_s: 0,
    end_timecode_s: master.duration_s,
    team_code: master.team_code,
    season: master.season,
    game_id: master.game_id,
    period: master.period,
    opponent_code: opponentCode === master.team_code ? undefined : opponentCode,
    game_date: gameDate,
    event_type: input.event_type,
    player_id: input.player_id,
  });
  await ensureClip(portal.deps, user, { ...asked, clip_id: clipId, source_gcs_uri: master.lake_uri });
  try {
    await waitForClip(portal.deps, user, clipId, io);
  } finally {
    noteUnfinishedCut(clipId, io);
  }
  io.reporter.succeed(`The clip ${clipId} is ready.`);
}

await runCommand({
  usage: 'npm run media:ingest --',
  summary:
    'Uploads a master into the lake and registers it. Interrupted, the same command goes on where the upload stands. A HeartBeat file name (p1-20251011-NHL-MTLvsCHI-20252026-20031.mp4) fills in the flags that are left out.',
  define: (command) =>
    command
      .requiredOption('--file <path>', 'the video; its name becomes the name in the lake')
      .option('--team <code>', 'whose master it is, like MTL')
      .option('--season <years>', 'like 2025-2026')
      .option('--game-id <id>', 'like 20031')
      .option('--period <number>', '1 to 3, then overtime')
      .option('--as <email>', 'the account that uploads it; the first admin, unless told')
      .option('--clip-id <id>', 'also make one clip of the whole master (300 s at most); needs the next two')
      .option('--event-type <event>', 'what the clip shows; with --clip-id')
      .option('--player-id <id>', 'whom the clip shows; with --clip-id'),
  parse: parseIngest,
  run: (input, io) =>
    withPortal(async (portal) => {
      const user = await findActingUser(portal.deps, input.as);
      const master = await upload(portal, user, input, io);
      io.reporter.succeed(
        `${master.filename} is ready: ${master.duration_s?.toFixed(1)} s, ${master.width}x${master.height}, ${master.video_codec}.`,
      );
      io.print(master.lake_uri);
      await clipWhole(portal, user, input, master, io);
    }),
});
