import { z } from 'zod';
import { gameIdSchema, seasonSchema, teamCodeSchema } from '#lib/word-schemas.ts';
import type { MasterJson } from './master-schemas.ts';

/** A checked master as those see it who mark clips in it: nothing of its file, which is the admins'. */
export type FilmJson = Pick<
  MasterJson,
  'id' | 'team_code' | 'season' | 'game_id' | 'period' | 'filename' | 'duration_s' | 'frame_rate' | 'gaps' | 'damage'
> &
  Pick<MasterJson, 'preparation'>;

/** What narrows the list of films, and the place in it: games of a page stay together. */
export const listFilmsQuerySchema = z.strictObject({
  team_code: teamCodeSchema.optional(),
  season: seasonSchema.optional(),
  game_id: gameIdSchema.optional(),
  cursor: z.string().min(1).max(512).optional(),
});
export type ListFilmsQuery = z.output<typeof listFilmsQuerySchema>;

export interface FilmListJson {
  films: FilmJson[];
  next_cursor: string | null;
}
