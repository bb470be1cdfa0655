import { z } from 'zod';
import { EMPTY_FACTS, type FactDraft, type FactField } from '#app/(portal)/watch/_components/fact-draft.ts';

/** What coaches say of a clip while they watch; all else comes from the film, and can be changed below. */
export const QUICK_FACTS: readonly FactField[] = ['event_type', 'player_id', 'outcome', 'zone', 'strength'];

const rememberedSchema = z.object({
  team: z.string(),
  event_type: z.string(),
  player_id: z.string(),
  player_name: z.string(),
});

/** Who and what the clip marked last was of, as it is remembered. */
export const rememberedText = (team: string, { event_type, player_id, player_name }: FactDraft): string =>
  JSON.stringify({ team, event_type, player_id, player_name } satisfies z.output<typeof rememberedSchema>);

/** The same read back; the player of another team is nobody here. */
export function readRemembered(text: string | null, team: string): Partial<FactDraft> {
  if (text === null) return {};
  const parsed = rememberedSchema.safeParse(jsonOf(text));
  if (!parsed.success) return {};
  const { team: ofTeam, event_type, ...player } = parsed.data;
  return ofTeam === team ? { event_type, ...player } : { event_type };
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** What stays typed for the clip after one that was made: what is true of the film, not of the play. */
export function keptFacts({ period, opponent_code, game_date }: Partial<FactDraft>): Partial<FactDraft> {
  return Object.fromEntries(
    Object.entries({ period, opponent_code, game_date }).filter(([, value]) => value !== undefined),
  );
}

export const draftOfParts = (...parts: readonly Partial<FactDraft>[]): FactDraft =>
  Object.assign({}, EMPTY_FACTS, ...parts) as FactDraft;
