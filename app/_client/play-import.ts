import type { GameParams } from '#lib/plays/game-schemas.ts';
import type { PLAY_FILE_TYPES, PlayImportJson } from '#lib/plays/play-schemas.ts';
import { apiFetch } from './api-fetch.ts';

type PlayFileType = (typeof PLAY_FILE_TYPES)[number];

const TYPES: Readonly<Record<string, PlayFileType>> = {
  ...{ csv: 'text/csv', txt: 'text/csv', json: 'application/json', xml: 'application/xml' },
};

/** What a file of plays is sent as; what it is, the server reads from its content. */
const typeOf = (filename: string): PlayFileType =>
  TYPES[filename.slice(filename.lastIndexOf('.') + 1).toLowerCase()] ?? 'text/csv';

interface ImportRequest {
  game: GameParams;
  isDry: boolean;
  /** Imports a file that seems to be of another game. */
  isConfirmed: boolean;
  signal: AbortSignal;
}

/** Longer names are cut from the left: a play sequence's game stands at the end. */
const MAX_NAME_CHARS = 255;

/** Imports a file of plays into a game, or says what that would change. */
export const importPlayFile = (file: File, { game, isDry, isConfirmed, signal }: ImportRequest) => {
  const query = new URLSearchParams({
    ...{ team_code: game.team_code, season: game.season, game_id: game.game_id },
    ...{ filename: file.name.slice(-MAX_NAME_CHARS), dry_run: String(isDry), confirm: String(isConfirmed) },
  });
  return apiFetch<PlayImportJson>(`/plays/import?${query}`, {
    ...{ method: 'POST', file, signal },
    headers: { 'content-type': typeOf(file.name) },
  });
};
