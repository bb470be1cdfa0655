/** Where the acting team is, as far as the file says. */
interface SideFacts {
  /** Whether the home team acts; `null` when nobody does. */
  isHome: boolean | null;
  /** `left`: the home team attacks towards +x. */
  homeDefends: string | undefined;
  zone: string | null;
}

/** 1 where the acting team attacks towards +x already, -1 where both axes are to be mirrored; `null` unknown. */
function directionOf(x: number, { isHome, homeDefends, zone }: SideFacts): 1 | -1 | null {
  if (isHome !== null && (homeDefends === 'left' || homeDefends === 'right')) {
    return (homeDefends === 'left') === isHome ? 1 : -1;
  }
  if (zone === 'oz') return x >= 0 ? 1 : -1;
  if (zone === 'dz') return x <= 0 ? 1 : -1;
  return null;
}

/** Feet from centre ice with the acting team attacking towards +x; nothing where that cannot be told. */
export function placeOnRink(at: { x: number | null; y: number | null }, side: SideFacts) {
  const direction = at.x === null || at.y === null ? null : directionOf(at.x, side);
  if (at.x === null || at.y === null || direction === null) return { x_ft: null, y_ft: null };
  // Not -0, which is another value to whoever compares.
  return { x_ft: at.x * direction + 0, y_ft: at.y * direction + 0 };
}

const SITUATION = /^\d([1-9])([1-9])\d$/;

/** Skaters v skaters of a `situationCode` (away goalie, away skaters, home skaters, home goalie), the acting team's first. */
export function strengthIn(code: string, isHome: boolean | null): string | null {
  const [, away, home] = SITUATION.exec(code) ?? [];
  if (away === undefined || home === undefined || isHome === null) return null;
  return isHome ? `${home}v${away}` : `${away}v${home}`;
}
