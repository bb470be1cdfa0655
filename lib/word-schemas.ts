import { z } from 'zod';

/* The words that all rooms share: what a text, a day, a team, a season, a game, a clip, a player and a tag are. */

/**
 * Free text of a form: trimmed, no control or bidirectional-override characters, and composed (NFC, Unicode UAX #15), so
 * that an "é" is one letter whatever keyboard or file it came from.
 */
export const textSchema = (max: number) =>
  z
    .string()
    .trim()
    .normalize('NFC')
    .min(1, 'This must not be empty.')
    .max(max)
    .refine(
      (value) => !/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/u.test(value),
      'Control characters are not allowed.',
    )
    .refine((value) => value.isWellFormed(), 'This is not valid Unicode.');

/** A day that Postgres has as well: ISO 8601 knows a year 0, SQL's calendar begins with the year 1. */
export const isoDateSchema = z.iso
  .date('A date is YYYY-MM-DD.')
  .refine((day) => day >= '0001-01-01', 'There is no year 0000.')
  .meta({ example: '2025-10-11' });

/** Two to four letters, upper-cased on input: `MTL`. `ALL` names every team, where access is given, and is no team's. */
export const teamCodeSchema = z
  .string()
  // Before upper-casing as well: "ſt" and "ß" become plain letters by it.
  .regex(/^[A-Za-z]{2,4}$/, 'A team code is 2 to 4 letters, like MTL.')
  .transform((value) => value.toUpperCase())
  .pipe(
    z
      .string()
      .regex(/^[A-Z]{2,4}$/)
      .refine((value) => value !== 'ALL', 'ALL is no team; a team code is 2 to 4 letters, like MTL.'),
  )
  .meta({ id: 'TeamCode', example: 'MTL' });

/** Two consecutive years: `2025-2026`. */
export const seasonSchema = z
  .string()
  .regex(/^\d{4}-\d{4}$/, 'A season is two years, like 2025-2026.')
  .refine((value) => Number(value.slice(5)) === Number(value.slice(0, 4)) + 1, 'A season spans two consecutive years.')
  .meta({ id: 'Season', example: '2025-2026' });

const pathId = (what: string) =>
  z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, `${what} is 1 to 64 letters, digits, "_" or "-".`);

/** The league's game number. Column `game_id` holds 20 characters, so a longer one is refused here, not by Postgres. */
export const gameIdSchema = pathId('A game id')
  .max(20, 'A game id has at most 20 characters.')
  .meta({ id: 'GameId', example: '20031' });

/** The clip's public name, part of its URL and of its objects' keys. */
export const clipIdSchema = pathId('A clip id').meta({ id: 'ClipId', example: 'mtl-20031-p1-0007' });

export const playerIdSchema = textSchema(20).meta({ id: 'PlayerId', example: '8480018' });

export const tagSchema = textSchema(100).meta({ id: 'Tag', example: 'power-play entry' });
