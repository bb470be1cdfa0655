import path from 'node:path';
import { z } from 'zod';
import { readMasterName } from '#lib/masters/master-name-schemas.ts';
import { importPlaysQuerySchema } from '#lib/plays/play-schemas.ts';
import { emailSchema } from '#lib/users/user-schemas.ts';
import { given, parseOptions } from '#scripts/cli/parse-options.ts';
import { fromCaller } from '#scripts/media/ingest-options.ts';

const optionsSchema = z.object({
  ...importPlaysQuerySchema.shape,
  file: z.string().min(1, 'Name a file.'),
  as: emailSchema.optional(),
});
export type ImportOptions = z.output<typeof optionsSchema>;

const FLAGS = {
  ...{ file: '--file', filename: '--file', team_code: '--team', season: '--season', game_id: '--game-id' },
  ...{ format: '--format', as: '--as', dry_run: '--dry-run', confirm: '--confirm' },
};

/** Flags win; what they leave out, the file's name may say, but for the team: of two it does not say whose. @throws UsageError */
export function parseImport(options: Record<string, unknown>): ImportOptions {
  const file = String(options.file);
  const name = readMasterName(file);
  return parseOptions(
    optionsSchema,
    {
      file: fromCaller(file),
      filename: path.basename(file),
      team_code: options.team,
      season: options.season ?? name.season,
      game_id: options.gameId ?? name.gameId,
      dry_run: String(options.dryRun === true),
      confirm: String(options.confirm === true),
      ...given({ format: options.format, as: options.as }),
    },
    FLAGS,
  );
}
