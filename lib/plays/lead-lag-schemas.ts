/** How far a clip reaches before its play and behind it, in seconds. */
export interface LeadLag {
  lead_s: number;
  lag_s: number;
}

/** At most, on either side (formats.md, chapter 1). */
export const MAX_BESIDE_S = 30;

/** HeartBeat's own: before what happened, and what came of it. */
export const USUAL_LEAD_LAG: LeadLag = { lead_s: 3, lag_s: 5 };
const NONE: LeadLag = { lead_s: 0, lag_s: 0 };

/**
 * Kinds of plays that want to be seen otherwise, by their names in all formats: how a goal came about, what a face-off was
 * followed by, what a whistle was blown for.
 */
export const LEAD_LAG_BY_KIND: readonly (LeadLag & { names: readonly string[] })[] = [
  { names: ['goal', 'sogoal', 'assist'], lead_s: 10, lag_s: 6 },
  {
    names: ['shot', 'soshot', 'shot-on-goal', 'missed-shot', 'blocked-shot', 'failed-shot-attempt'],
    ...{ lead_s: 6, lag_s: 4 },
  },
  { names: ['faceoff', 'period-start', 'shootout'], lead_s: 2, lag_s: 8 },
  { names: ['penalty', 'penaltydrawn', 'delayed-penalty'], lead_s: 8, lag_s: 4 },
  {
    names: ['whistle', 'stoppage', 'icing', 'offside', 'period-end', 'game-end', 'shootout-complete'],
    ...{ lead_s: 6, lag_s: 2 },
  },
];

const BY_NAME: ReadonlyMap<string, LeadLag> = new Map(
  LEAD_LAG_BY_KIND.flatMap(({ names, lead_s, lag_s }) => names.map((name) => [name, { lead_s, lag_s }])),
);

/** What somebody wants instead: of all plays, or of those of a name. */
export interface AskedLeadLag {
  lead_s?: number | undefined;
  lag_s?: number | undefined;
  by_name?: Readonly<Record<string, LeadLag>>;
}

/**
 * The lead and the lag of a play. A shift has neither; an instance of a time line, which lasts from one moment to another,
 * only what is asked for.
 */
export function leadLagOf(
  { name, kind, lasts_s }: { name: string; kind: 'event' | 'shift'; lasts_s: number },
  { lead_s, lag_s, by_name = {} }: AskedLeadLag,
): LeadLag {
  if (kind === 'shift') return NONE;
  // A code may be called as what every object has.
  const named = Object.hasOwn(by_name, name) ? by_name[name] : undefined;
  if (named) return named;
  const usual = lasts_s > 0 ? NONE : (BY_NAME.get(name.toLowerCase()) ?? USUAL_LEAD_LAG);
  return { lead_s: lead_s ?? usual.lead_s, lag_s: lag_s ?? usual.lag_s };
}

/** The table in words, for the API's document. */
export const LEAD_LAG_TOLD = `By default ${LEAD_LAG_BY_KIND.map(
  ({ names, lead_s, lag_s }) => `${lead_s} and ${lag_s} s for ${names.join(', ')}`,
).join('; ')}; ${USUAL_LEAD_LAG.lead_s} and ${USUAL_LEAD_LAG.lag_s} s for everything else that happens in a moment.`;
