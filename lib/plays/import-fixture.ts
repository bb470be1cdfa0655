import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { importPlays } from './import-plays.ts';
import { bytesOf } from './play-files-fixture.ts';
import { importPlaysQuerySchema } from './play-schemas.ts';

/** The game that files of the tests are imported into, unless told otherwise. */
export const GAME = { team_code: 'MTL', season: '2025-2026', game_id: '20031' };

/** Imports a file's text as a request would. @param query in the place of the game's, and beside it. */
export const bringPlays = (deps: PortalDeps, user: UserContext, text: string, query: object = {}) =>
  importPlays(deps, user, importPlaysQuerySchema.parse({ ...GAME, ...query }), bytesOf(text));
