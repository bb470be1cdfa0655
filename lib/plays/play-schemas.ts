import { z } from 'zod';
import { gameIdSchema, seasonSchema, teamCodeSchema, textSchema } from '#lib/word-schemas.ts';
import { PLAY_FORMATS } from './play.ts';

/** What a file of plays may measure. A whole game has some 2 MB. */
export const MAX_PLAY_FILE_BYTES = 32 * 1024 * 1024;

/** What a file of plays is sent as; what it is, its content says. */
export const PLAY_FILE_TYPES = ['application/json', 'application/xml', 'text/xml', 'text/csv'] as const;

/** How many skipped rows are told one by one. */
export const MAX_TOLD_ROWS = 1000;

/** How many names that a format is not known to have. */
export const MAX_TOLD_NAMES = 100;

const flag = (description: string) => z.enum(['true', 'false']).default('false').meta({ description });

/** `POST /plays/import` */
export const importPlaysQuerySchema = z.strictObject({
  team_code: teamCodeSchema,
  season: seasonSchema,
  game_id: gameIdSchema,
  format: z
    .enum(['auto', ...PLAY_FORMATS])
    .default('auto')
    .meta({ description: 'What the file is expected to be; whatever it is, unless told.' }),
  filename: textSchema(255).optional().meta({
    description: 'What the file was called: its teams, date and season are compared with the game.',
    example: 'playsequence-20251011-NHL-MTLvsCHI-20252026-20031.csv',
  }),
  dry_run: flag('Says what the import would change, and changes nothing.'),
  confirm: flag('Imports a file that seems to be of another game.'),
});
export type ImportPlays = z.output<typeof importPlaysQuerySchema>;

export const playImportSchema = z
  .object({
    format: z.enum(PLAY_FORMATS),
    encoding: z.string().meta({ example: 'utf-8' }),
    read: z.int().meta({ description: 'Rows of the file, skipped ones included.' }),
    added: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    removed: z.int().meta({
      description:
        'Plays of an earlier file of this format that this one leaves out of the periods, or of a time line the codes, that it has.',
    }),
    shifts: z.int().meta({ description: 'Shifts that are derived from who is on the ice; they count as plays, too.' }),
    skipped: z
      .array(z.object({ line: z.int(), reason: z.string() }))
      .max(MAX_TOLD_ROWS)
      .meta({ description: 'The line, or in JSON the place in `plays`, from 1.' }),
    skipped_total: z.int(),
    is_whole: z.boolean().meta({ description: 'False for a file that ends in the middle; nothing is removed then.' }),
    unknown_names: z.array(z.string()).max(MAX_TOLD_NAMES),
    unknown_names_total: z.int(),
    periods: z.array(z.int()),
    players: z.int().meta({ description: 'How many players the file names.' }),
    disagreements: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .meta({ description: 'What in the file speaks for another game.' }),
  })
  .meta({ id: 'PlayImport' });
export type PlayImportJson = z.output<typeof playImportSchema>;

/** A file to begin with: the NHL's play-by-play of a game with one play. */
export const EXAMPLE_PLAY_FILE = {
  id: 2025020031,
  gameDate: '2025-10-11',
  awayTeam: { id: 16, abbrev: 'CHI' },
  homeTeam: { id: 8, abbrev: 'MTL' },
  plays: [
    {
      ...{ eventId: 102, timeInPeriod: '01:23', situationCode: '1551', typeDescKey: 'faceoff' },
      periodDescriptor: { number: 1, periodType: 'REG' },
      details: { eventOwnerTeamId: 8, winningPlayerId: 8480018, losingPlayerId: 8481568, xCoord: 0, yCoord: 0 },
    },
  ],
};
