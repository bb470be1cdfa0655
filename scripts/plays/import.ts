import { readFile, stat } from 'node:fs/promises';
import { importPlays } from '#lib/plays/import-plays.ts';
import { MAX_PLAY_FILE_BYTES, type PlayImportJson } from '#lib/plays/play-schemas.ts';
import { findActingUser } from '#lib/users/find-acting-user.ts';
import { UsageError } from '#scripts/cli/one-line.ts';
import { withPortal } from '#scripts/cli/open-portal.ts';
import { type CommandIo, runCommand } from '#scripts/cli/run-command.ts';
import { parseImport } from './import-options.ts';

/** How many skipped rows a terminal shows. */
const TOLD_ROWS = 20;

function tell(result: PlayImportJson, isDry: boolean, { print, reporter }: CommandIo): void {
  for (const { line, reason } of result.skipped.slice(0, TOLD_ROWS)) print(`skipped, ${line}: ${reason}`);
  if (result.skipped_total > TOLD_ROWS) print(`skipped: ${result.skipped_total - TOLD_ROWS} more`);
  for (const { message } of result.disagreements) print(`another game? ${message}`);
  if (result.unknown_names.length > 0) {
    const more = result.unknown_names_total - result.unknown_names.length;
    print(`unknown names: ${result.unknown_names.join(', ')}${more > 0 ? `, and ${more} more` : ''}`);
  }
  if (!result.is_whole) print('The file ends in the middle: nothing was removed.');
  const { format, encoding, read, added, changed, unchanged, removed, shifts } = result;
  const counts = `${added} added, ${changed} changed, ${unchanged} unchanged, ${removed} removed`;
  reporter.succeed(
    `${isDry ? 'Would import' : 'Imported'} ${read} rows (${format}, ${encoding}), ${shifts} shifts: ${counts}.`,
  );
}

await runCommand({
  usage: 'npm run plays:import --',
  summary:
    'Imports a file of plays into a game: a play sequence (CSV), a Sportscode, Nacsport or LongoMatch time line (XML), or the NHL’s play-by-play (JSON). The same file again changes nothing. Season and game id may come from the file’s name.',
  define: (command) =>
    command
      .requiredOption('--file <path>', 'the file; what it is, its content says')
      .requiredOption('--team <code>', 'whose game it is, like MTL')
      .option('--season <years>', 'like 2025-2026')
      .option('--game-id <id>', 'like 20031')
      .option('--format <name>', 'playsequence, sportscode or nhl; whatever it is, unless told')
      .option('--as <email>', 'the account that imports it; the first admin, unless told')
      .option('--dry-run', 'say what would change, and change nothing')
      .option('--confirm', 'import a file that seems to be of another game'),
  parse: parseImport,
  run: ({ file, as, ...query }, io) =>
    withPortal(async (portal) => {
      const user = await findActingUser(portal.deps, as);
      if ((await stat(file)).size > MAX_PLAY_FILE_BYTES) throw new UsageError('A file of plays has 32 MiB at most.');
      io.reporter.start('Importing');
      tell(await importPlays(portal.deps, user, query, await readFile(file)), query.dry_run === 'true', io);
    }),
});
