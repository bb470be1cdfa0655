import { z } from 'zod';
import { saidOf } from '#lib/clips/clip-field-schemas.ts';
import { type CreateClip, createClipSchema } from '#lib/clips/clip-schemas.ts';
import { readMasterName } from '#lib/masters/master-name-schemas.ts';
import { emailSchema } from '#lib/users/user-schemas.ts';
import { clipIdSchema } from '#lib/word-schemas.ts';
import { UsageError } from '#scripts/cli/one-line.ts';
import { given, parseOptions, timecodeFlag, wholeNumberFlag } from '#scripts/cli/parse-options.ts';

/** The flags that are not called as their field is. */
const SHORT: Record<string, string> = {
  source_gcs_uri: '--master',
  start_timecode_s: '--start',
  end_timecode_s: '--end',
  team_code: '--team',
  opponent_code: '--opponent',
  tags: '--tag',
};
const flagOf = (field: string): string => SHORT[field] ?? `--${field.replaceAll('_', '-')}`;
/** As commander calls what a flag said. */
const optionOf = (field: string): string =>
  flagOf(field)
    .slice(2)
    .replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** What a request says of a clip, beside its name, its master and its tags. */
const FIELDS = Object.entries({ ...saidOf('given'), ...saidOf('edited') });
const NAMES = [...FIELDS.map(([field]) => field), 'source_gcs_uri', 'clip_id', 'tags'];
const FLAGS = Object.fromEntries([...NAMES, 'as'].map((field) => [field, flagOf(field)]));

const ABOUT: Record<string, string> = {
  player_name: 'how the player is called',
  team_code: 'the player’s team',
  opponent_code: 'the other team',
  game_date: 'like 2025-10-11',
  period: '1 to 3, then overtime',
  outcome: 'successful, failed or undetermined',
  zone: 'oz, nz or dz',
  strength: '5v5, 5v4, 4v5, …',
};

/** The flags that need not be given and what they mean: their master, or nobody, says it then. */
export const publishFlags = (): [flag: string, about: string][] =>
  FIELDS.filter(([field]) => !['start_timecode_s', 'end_timecode_s', 'event_type', 'player_id'].includes(field)).map(
    ([field, schema]) => {
      const example = z.globalRegistry.get(schema)?.example;
      return [`${flagOf(field)} <${flagOf(field).split('-').at(-1)}>`, ABOUT[field] ?? `like ${example}`];
    },
  );

/** Flags as text; what they name is checked once the master's own facts are known. */
const publishFlagsSchema = z.object({
  clip_id: clipIdSchema,
  start_timecode_s: timecodeFlag,
  end_timecode_s: timecodeFlag,
  period: wholeNumberFlag.optional(),
  as: emailSchema.optional(),
});

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
  // What is no number goes through as it was written.
  const texts = Object.fromEntries(NAMES.map((field) => [field, options[optionOf(field)]]));
  return {
    fields: { ...given(texts), ...given(parsed) },
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
