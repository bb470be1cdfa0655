import { signedIn } from '#lib/http/define-resource.ts';
import { importPlays } from '#lib/plays/import-plays.ts';
import {
  EXAMPLE_PLAY_FILE,
  importPlaysQuerySchema,
  MAX_PLAY_FILE_BYTES,
  PLAY_FILE_TYPES,
  playImportSchema,
} from '#lib/plays/play-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'importPlays',
      tag: 'Plays',
      summary: 'Imports a file of plays into a game',
      description:
        'A play sequence (CSV), a Sportscode, Nacsport or LongoMatch time line (XML), or the NHL’s play-by-play (JSON); ' +
        'what it is, its content says. In one transaction: the same file again changes nothing, and a newer one of the ' +
        'same format replaces the periods, or of a time line the codes, that it has.',
      problems: {
        409: 'The file seems to be of another game (`wrong_game`); `confirm=true` imports it all the same.',
        422: 'No play can be read from the file; `code` and `detail` say why.',
      },
    },
    auth: 'plays.write',
    query: importPlaysQuerySchema,
    file: { types: PLAY_FILE_TYPES, maxBytes: MAX_PLAY_FILE_BYTES, example: EXAMPLE_PLAY_FILE },
    answers: { 200: playImportSchema },
    handle: async ({ deps, user, query, file }) => ({
      status: 200,
      json: await importPlays(deps, signedIn(user), query, file),
    }),
  }),
});
