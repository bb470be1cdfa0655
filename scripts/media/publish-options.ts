import { z } from 'zod';
import { type CreateClip, createClipSchema } from '#lib/clips/clip-schemas.ts';
import { readMasterName } from '#lib/masters/master-name-schemas.ts';
import { emailSchema } from '#lib/users/user-schemas.ts';
import { clipIdSchema } from '#lib/word-schemas.ts';
import { UsageError } from '#scripts/cli/one-line.ts';
import { given, parseOptions, timecodeFlag, wholeNumberFlag } from '#scripts/cli/parse-options.ts';

const FLAGS: Record<string, string> = {
  source_gcs_uri: '--master',
  clip_id: '--clip-id',
  start_timecode_s: '--start',
  end_timecode_s: '--end',
  event_type: '--event-type',
  player_id: '--player-id',
  player_name: '--player-name',
  team_code: '--team',
  opponent_code: '--opponent',
  season: '--season',
  game_id: '--game-id',
  game_date: '--game-date',
  period: '--period',
  outcome: '--outcome',
  zone: '--zone',
  strength: '--strength',
  tags: '--tag',
  as: '--as',
};

/** Flags as text; what they name is checked once the master's own facts are known. */
const publishFlagsSchema = z.object({
  clip_id: clipIdSchema,
  start_timecode_s: timecodeFlag,
  end_timecode_s: timecodeFlag,
  period: wholeNumberFlag.optional(),
  as: emailSchema.optional(),
});

/** Fields that go through as they were written. */
const TEXT_OPTIONS = {
  player_name: 'playerName',
  team_code: 'team',
  opponent_code: 'opponent',
  season: 'season',
  game_id: 'gameId',
  game_date: 'gameDate',
  outcome: 'outcome',
  zone: 'zone',
  strength: 'strength',
  tags: 'tag',
} as const;

export interface PublishInput {
  /** Of the fields of `CreateClip`, what the flags say. */
  fields: Record<string, unknown>;
  as?: string;
}

/** @throws UsageError for flags that can be judged without the master. */
export function parsePublish(options: Record<string, unknown>): PublishInput {
  const { as, ...parsed } = parseOptions(
    publishFlagsSchema,
    {
      clip_id: options.clipId,
      start_timecode_s: options.start,
      end_timecode_s: options.end,
      ...given({ period: options.period, as: options.as }),
    },
    FLAGS,
  );
  if (parsed.end_timecode_s <= parsed.start_timecode_s) throw new UsageError('--end lies before --start.');
  const texts = Object.entries(TEXT_OPTIONS).map(([field, option]) => [field, options[option]] as const);
  return {
    fields: {
      ...given(Object.fromEntries(texts)),
      ...given(parsed),
      source_gcs_uri: options.master,
      event_type: options.eventType,
      player_id: options.playerId,
    },
    ...(as ? { as } : {}),
  };
}

/** What a master says of the clips that are cut from it. */
export interface MasterFactsForClips {
  team_code?: string;
  season?: string;
  game_id?: string;
  period?: number;
  opponent_code?: string;
  game_date?: string;
}

const RAW_MASTER = /\/media\/raw\/([^/]+)\/([^/]+)\/([^/]+)\/([^/]+)$/;

/** By its lake URI: the folders name team, season and game, and a HeartBeat file name period, date and opponent. */
export function factsOfMasterUri(uri: string): MasterFactsForClips {
  const [, teamCode, season, gameId, filename = ''] = RAW_MASTER.exec(uri) ?? [];
  const { period, gameDate, teams = [] } = readMasterName(filename);
  return given({
    team_code: teamCode,
    season,
    game_id: gameId,
    period,
    opponent_code: teams.find((team) => team !== teamCode),
    game_date: gameDate,
  });
}

export type PublishRequest = CreateClip & { clip_id: string; source_gcs_uri: string };

/** The request: the master's facts, and over them what the flags say. @throws UsageError */
export function publishRequestOf(input: PublishInput, master: MasterFactsForClips): PublishRequest {
  const clip = parseOptions(createClipSchema, { ...master, ...input.fields }, { ...FLAGS, master_id: '--master' });
  return { ...clip, clip_id: clip.clip_id ?? '', source_gcs_uri: clip.source_gcs_uri ?? '' };
}
