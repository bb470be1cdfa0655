import { z } from 'zod';

export const statsOverviewSchema = z
  .object({
    total_clips: z.int(),
    by_status: z.record(z.string(), z.int()),
    top_event_types: z.record(z.string(), z.int()),
  })
  .meta({ id: 'StatsOverview' });
export type StatsOverviewJson = z.output<typeof statsOverviewSchema>;

/** `GET /clips/stats/breakdown`: what the stats screen shows beside the overview; each list is largest or newest first. */
export const statsBreakdownSchema = z
  .object({
    by_player: z.array(z.object({ player_id: z.string(), player_name: z.string().nullable(), count: z.int() })),
    by_game: z.array(
      z.object({
        game_id: z.string(),
        game_date: z.string().nullable(),
        team_code: z.string(),
        opponent_code: z.string().nullable(),
        count: z.int(),
      }),
    ),
    by_game_date: z.array(z.object({ date: z.string(), count: z.int() })),
  })
  .meta({ id: 'StatsBreakdown' });
export type StatsBreakdownJson = z.output<typeof statsBreakdownSchema>;
