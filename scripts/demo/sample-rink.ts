/** A place on the rink, in feet from centre ice, as the home team attacks towards +x. */
export interface Spot {
  x: number;
  y: number;
}

export type Zone = 'oz' | 'nz' | 'dz';

const BLUE_LINE = 25;
const GOAL_LINE = 89;

/** The zone of a team that attacks towards +x. */
export const zoneOf = ({ x }: Spot): Zone => {
  if (x > BLUE_LINE) return 'oz';
  return x < -BLUE_LINE ? 'dz' : 'nz';
};

/** Within the boards, off the corners. */
export const onIce = ({ x, y }: Spot): Spot => ({
  x: Math.max(-97, Math.min(97, x)),
  y: Math.max(-40, Math.min(40, y)),
});

/** Where a play is, in the words of play sequences. */
export function sectionOf(spot: Spot): string {
  const zone = zoneOf(spot);
  const side = spot.y < 0 ? 'west' : 'east';
  if (zone === 'nz') return `${side === 'west' ? 'outsideSouthWest' : 'outsideNorthEast'}NZ`;
  const deep = Math.abs(spot.x);
  const suffix = zone === 'dz' ? 'DZ' : '';
  if (deep >= 69 && deep <= GOAL_LINE && Math.abs(spot.y) < 17) return `innerSlot${suffix}`;
  if (deep >= 54 && deep < 69 && Math.abs(spot.y) < 22) return `${side}OuterSlot${suffix}`;
  return deep < 54 ? `${side}Point${suffix}` : `${side}Corner${suffix}`;
}

/** Which of a hundred such shots go in, roughly: nearer and more in front is better. */
export function expectedGoals({ x, y }: Spot): number {
  const distance = Math.hypot(GOAL_LINE - x, y);
  const angle = Math.abs(Math.atan2(y, Math.max(1, GOAL_LINE - x)));
  return Math.max(0.005, 0.32 * Math.exp(-distance / 18) * (1 - angle / 2));
}
