import { z } from 'zod';
import { wordsOf } from './plain-values.ts';

/* The NHL's public play-by-play, as far as it is read (api-web.nhle.com); whatever else it has is let be. */

const nameSchema = z.object({ default: z.string() }).optional().catch(undefined);
const idSchema = z.int().positive();

const teamSchema = z.object({
  id: idSchema,
  abbrev: z
    .string()
    .max(10)
    .transform((text) => wordsOf(text, 10) ?? ''),
  score: z.int().min(0).optional().catch(undefined),
});

const rosterSpotSchema = z.object({
  teamId: idSchema,
  playerId: idSchema,
  firstName: nameSchema,
  lastName: nameSchema,
  sweaterNumber: z.int().min(0).max(999).optional().catch(undefined),
  positionCode: z.string().max(10).optional().catch(undefined),
});

/** The list's items are judged one by one: a bad one is skipped, and the others are read. */
export const nhlGameSchema = z.object({
  id: z.union([z.int(), z.string().max(20)]),
  season: z.union([z.int(), z.string().max(20)]).optional(),
  gameDate: z.string().max(30).optional(),
  homeTeam: teamSchema,
  awayTeam: teamSchema,
  rosterSpots: z.array(z.unknown()).default([]),
  plays: z.array(z.unknown()),
});
export type NhlGame = z.output<typeof nhlGameSchema>;

export const nhlRosterSpotSchema = rosterSpotSchema;

export const nhlPlaySchema = z.object({
  eventId: z.int(),
  sortOrder: z.int().optional(),
  periodDescriptor: z.object({ number: z.int(), periodType: z.string().max(10).optional() }),
  timeInPeriod: z.string().max(20),
  situationCode: z.string().max(10).optional(),
  homeTeamDefendingSide: z.string().max(10).optional(),
  typeDescKey: z.string().max(100),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type NhlPlay = z.output<typeof nhlPlaySchema>;
