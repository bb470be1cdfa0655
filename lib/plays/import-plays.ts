import { createHash } from 'node:crypto';
import { recordAudit } from '#lib/audit/record-audit.ts';
import { authorize, requireTeam } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps, Transaction } from '#lib/deps.ts';
import { AppError, type FieldFault } from '#lib/errors.ts';
import { readMasterName } from '#lib/masters/master-name-schemas.ts';
import { playFileRef, toGsUri } from '#lib/storage/port/object-keys.ts';
import { isStoreError, type ObjectRef } from '#lib/storage/port/object-store.ts';
import { replaceRuns } from './anchor-repo.ts';
import { compareGame, type KnownGame } from './compare-game.ts';
import { deriveRuns } from './derive-runs.ts';
import { deriveShifts } from './derive-shifts.ts';
import type { Play, PlayFormat } from './play.ts';
import {
  deleteLeftOut,
  type GameKey,
  insertPlayFile,
  lockGame,
  selectKnownGame,
  upsertGame,
  upsertPlays,
  upsertRoster,
} from './play-repo.ts';
import { type ImportPlays, MAX_TOLD_NAMES, MAX_TOLD_ROWS, type PlayImportJson } from './play-schemas.ts';
import { type PlayFile, readPlayFile } from './read-play-file.ts';

type Deps = Pick<PortalDeps, 'db' | 'store' | 'buckets'>;

/** A game is written in a second; a file of as many plays as there may be takes a few. */
const IMPORT_TIMEOUT_MS = 30_000;

const SUFFIXES: Readonly<Record<PlayFormat, string>> = { playsequence: 'csv', sportscode: 'xml', nhl: 'json' };
const CONTENT_TYPES: Readonly<Record<PlayFormat, string>> = {
  ...{ playsequence: 'text/csv', sportscode: 'application/xml', nhl: 'application/json' },
};

type Counts = Pick<PlayImportJson, 'added' | 'changed' | 'unchanged' | 'removed'>;

interface Outcome {
  counts: Counts;
  disagreements: FieldFault[];
}

/** What the portal knows of the game, the names of its masters included. */
async function knownGame(tx: Transaction, game: GameKey, format: PlayFormat): Promise<KnownGame> {
  const { filenames, ...known } = await selectKnownGame(tx, game, format);
  const names = filenames.map(readMasterName);
  return {
    ...known,
    dates: [...new Set([...known.dates, ...names.flatMap(({ gameDate }) => gameDate ?? [])])],
    opponents: [
      ...new Set([
        ...known.opponents,
        ...names.flatMap(({ teams = [] }) => teams.filter((team) => team !== game.team_code)),
      ]),
    ],
  };
}

const wrongGame = (errors: FieldFault[]) =>
  new AppError({
    status: 409,
    code: 'wrong_game',
    detail: 'The file seems to be of another game. Send it again with confirm=true to import it all the same.',
    errors,
  });

async function write(tx: Transaction, game: GameKey, file: PlayFile, plays: readonly Play[]): Promise<Counts> {
  await upsertGame(tx, game, file.game);
  await upsertRoster(tx, game, file.players);
  const removed = file.isWhole ? await deleteLeftOut(tx, game, file.format, plays) : 0;
  const { added, changed } = await upsertPlays(tx, game, file.format, plays);
  if (file.format === 'playsequence') await replaceRuns(tx, game, deriveRuns(file.plays), file);
  return { added, changed, unchanged: plays.length - added - changed, removed };
}

/** The file itself, under its own sum: the same bytes are there once, and are never overwritten. */
async function keepFile({ store }: Deps, ref: ObjectRef, bytes: Uint8Array, contentType: string): Promise<void> {
  try {
    await store.write(ref, bytes, { contentType, ifGenerationMatch: '0' });
  } catch (error) {
    if (!isStoreError(error) || error.code !== 'precondition_failed') throw error;
  }
}

function importJson(file: PlayFile, shifts: number, { counts, disagreements }: Outcome): PlayImportJson {
  return {
    ...{ format: file.format, encoding: file.encoding, read: file.read, ...counts, shifts },
    skipped: file.skipped.slice(0, MAX_TOLD_ROWS),
    skipped_total: file.skipped.length,
    is_whole: file.isWhole,
    unknown_names: file.unknownNames.slice(0, MAX_TOLD_NAMES),
    unknown_names_total: file.unknownNames.length,
    periods: [...new Set(file.plays.flatMap(({ period }) => period ?? []))].sort((a, b) => a - b),
    players: file.players.length,
    disagreements,
  };
}

/**
 * Imports a file of plays into a game, in one transaction (docs/adr/0055): plays are known again by their source's ids, so
 * the same file changes nothing, and a newer one replaces the periods, or of a time line the codes, that it has. The file
 * itself goes to the lake first. A dry run does the same and takes it back.
 *
 * @param bytes the file, at most `MAX_PLAY_FILE_BYTES` long.
 * @throws AppError 403, 409 `wrong_game`, and 422 of `readPlayFile`.
 */
export async function importPlays(
  deps: Deps,
  user: UserContext,
  { team_code, season, game_id, format, filename = '', dry_run, confirm }: ImportPlays,
  bytes: Uint8Array,
): Promise<PlayImportJson> {
  authorize(user, 'plays.write');
  requireTeam(user, team_code, 'team_code');
  const game = { team_code, season, game_id };
  const file = await readPlayFile(bytes, format);
  // A time line that was exported has its shifts already.
  const shifts = file.plays.some(({ kind }) => kind === 'shift') ? [] : deriveShifts(file.plays);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const place = { teamCode: team_code, season, gameId: game_id };
  const ref = playFileRef(deps.buckets, place, `${file.format}-${sha256}.${SUFFIXES[file.format]}`);
  const isDry = dry_run === 'true';

  const compare = async (tx: Transaction): Promise<FieldFault[]> => {
    const known = await knownGame(tx, game, file.format);
    const disagreements = compareGame(file.game, known, { isNhl: file.format === 'nhl', filename });
    if (disagreements.length > 0 && !isDry && confirm !== 'true') throw wrongGame(disagreements);
    return disagreements;
  };
  // Before the file is kept: what is refused leaves nothing behind.
  if (!isDry) {
    await withinReach(deps.db, user, compare);
    await keepFile(deps, ref, bytes, CONTENT_TYPES[file.format]);
  }
  let outcome: Outcome | null = null;
  // Thrown to end a dry run's transaction, which has then done nothing.
  const undo = new Error('A dry run changes nothing.');
  const work = async (tx: Transaction): Promise<Outcome> => {
    await lockGame(tx, game);
    const disagreements = await compare(tx);
    const counts = await write(tx, game, file, [...file.plays, ...shifts]);
    outcome = { counts, disagreements };
    if (isDry) throw undo;
    const kept = { format: file.format, sha256, size_bytes: bytes.byteLength, lake_uri: toGsUri(ref) };
    await insertPlayFile(tx, game, { ...kept, reference: file.game.reference, imported_by: user.userId });
    await recordAudit(tx, user, {
      action: 'plays.import',
      target: { type: 'game', id: `${team_code}/${season}/${game_id}` },
      teams: [team_code],
      after: { format: file.format, lake_uri: kept.lake_uri, ...counts, skipped: file.skipped.length },
    });
    return outcome;
  };
  const done = await withinReach(deps.db, user, work, { timeout: IMPORT_TIMEOUT_MS }).catch((error: unknown) => {
    if (error === undo && outcome) return outcome;
    throw error;
  });
  return importJson(file, shifts.length, done);
}
