import { z } from 'zod';
import { gameIdSchema, isoDateSchema, seasonSchema, teamCodeSchema, textSchema } from '#lib/word-schemas.ts';

/** `GET /games`: unknown parameters are refused, so that a misspelt filter never widens a list in silence. */
export const listGamesQuerySchema = z
  .strictObject({
    team_code: teamCodeSchema.optional(),
    season: seasonSchema.optional(),
    opponent_code: textSchema(10).optional(),
    date_from: isoDateSchema.optional().meta({ description: 'The first day of games, inclusive.' }),
    date_to: isoDateSchema.optional().meta({ description: 'The last day of games, inclusive.' }),
    q: textSchema(200).optional().meta({
      description: 'Words to find in team, opponent, season, date and game id: all of them.',
      example: 'chi 2025',
    }),
    cursor: z.string().min(1).max(512).optional().meta({ description: '`next_cursor` of the page before.' }),
  })
  .refine((query) => !query.date_from || !query.date_to || query.date_from <= query.date_to, {
    path: ['date_to'],
    message: 'date_to lies before date_from.',
  });
export type ListGamesQuery = z.output<typeof listGamesQuerySchema>;

const gameShape = {
  team_code: z.string(),
  season: z.string(),
  game_id: z.string(),
  game_date: z.string().nullable(),
  opponent_code: z.string().nullable(),
  home: z.boolean().nullable().meta({ description: 'Whether the team played at home.' }),
  score: z
    .object({ own: z.int(), opponent: z.int() })
    .nullable()
    .meta({ description: 'As a file tells it; otherwise what the goals among its plays make. Null without a goal.' }),
  masters: z.int(),
  clips: z.int(),
  plays: z.int().meta({ description: 'Shifts included.' }),
  periods: z.array(
    z.object({
      period: z.int(),
      master_id: z.uuid().nullable().meta({ description: 'Null for a period that plays tell of and no master shows.' }),
      anchored: z.boolean().meta({ description: 'Whether somebody has tied its clock to the master.' }),
    }),
  ),
};

export const gameSchema = z.object(gameShape).meta({ id: 'Game' });
export type GameJson = z.output<typeof gameSchema>;

export const gameListSchema = z
  .object({ games: z.array(gameSchema), next_cursor: z.string().nullable() })
  .meta({ id: 'GameList' });
export type GameListJson = z.output<typeof gameListSchema>;

export const gameWithRostersSchema = z
  .object({
    ...gameShape,
    rosters: z
      .array(
        z.object({
          player_id: z.string(),
          player_name: z.string().nullable(),
          jersey: z.string().nullable(),
          position: z.string().nullable(),
          team: z.string().nullable().meta({ description: 'As the file calls it.' }),
        }),
      )
      .meta({ description: 'Who took part, as far as files name them.' }),
  })
  .meta({ id: 'GameWithRosters' });
export type GameWithRostersJson = z.output<typeof gameWithRostersSchema>;

export const gameParamsSchema = z.object({ team_code: teamCodeSchema, season: seasonSchema, game_id: gameIdSchema });
export type GameParams = z.output<typeof gameParamsSchema>;
