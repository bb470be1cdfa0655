import path from 'node:path';
import { z } from 'zod';
import { periodSchema } from '#lib/clips/clip-field-schemas.ts';
import { createClipSchema, MAX_CLIP_DURATION_S } from '#lib/clips/clip-schemas.ts';
import { readMasterName } from '#lib/masters/master-name-schemas.ts';
import { createMasterSchema } from '#lib/masters/master-schemas.ts';
import { emailSchema } from '#lib/users/user-schemas.ts';
import { clipIdSchema, playerIdSchema } from '#lib/word-schemas.ts';
import { UsageError } from '#scripts/cli/one-line.ts';
import { given, parseOptions, wholeNumberFlag } from '#scripts/cli/parse-options.ts';

const { team_code, season, game_id, filename } = createMasterSchema.shape;

const ingestSchema = z.object({
  file: z.string().min(1, 'Name a file.'),
  filename,
  team_code,
  season,
  game_id,
  period: periodSchema.optional(),
  as: emailSchema.optional(),
  clip_id: clipIdSchema.optional(),
  event_type: createClipSchema.shape.event_type.optional(),
  player_id: playerIdSchema.optional(),
});
export type IngestInput = z.output<typeof ingestSchema>;

const FLAGS = {
  file: '--file',
  filename: '--file',
  team_code: '--team',
  season: '--season',
  game_id: '--game-id',
  period: '--period',
  as: '--as',
  clip_id: '--clip-id',
  event_type: '--event-type',
  player_id: '--player-id',
};

/** npm runs scripts in the project's root; a path is meant from where the person stands. */
export const fromCaller = (file: string): string => path.resolve(process.env.INIT_CWD ?? process.cwd(), file);

/** Flags win; what they leave out, the file's name may say. @throws UsageError */
export function parseIngest(options: Record<string, unknown>): IngestInput {
  const file = String(options.file);
  const name = readMasterName(file);
  const period =
    options.period === undefined ? name.period : parseOptions(wholeNumberFlag, options.period, { '': '--period' });
  const input = parseOptions(
    ingestSchema,
    {
      file: fromCaller(file),
      filename: path.basename(file),
      team_code: options.team ?? name.teamCode,
      season: options.season ?? name.season,
      game_id: options.gameId ?? name.gameId,
      ...given({
        period,
        as: options.as,
        clip_id: options.clipId,
        event_type: options.eventType,
        player_id: options.playerId,
      }),
    },
    FLAGS,
  );
  if (input.clip_id && (!input.event_type || !input.player_id)) {
    throw new UsageError('--clip-id makes a clip of the whole master, which needs --event-type and --player-id too.');
  }
  return input;
}

/** Whether the whole master can be one clip. @throws UsageError before a byte is sent. */
export function assertClipLength(durationS: number): void {
  if (durationS <= MAX_CLIP_DURATION_S) return;
  throw new UsageError(
    `--clip-id makes one clip of the whole master, and a clip lasts at most ${MAX_CLIP_DURATION_S} s; this file lasts ${durationS.toFixed(1)} s. Leave --clip-id out, and cut with npm run media:publish.`,
  );
}
