/** What is shown of a play on the rink. */
export interface RinkPlay {
  id: number;
  name: string;
  outcome: string | null;
  x_ft: number | null;
  y_ft: number | null;
}

/** A play with a place. */
export type PlacedPlay = RinkPlay & { x_ft: number; y_ft: number };

export const isPlaced = (play: RinkPlay): play is PlacedPlay => play.x_ft !== null && play.y_ft !== null;

export const MARKS = ['goal', 'successful', 'failed', 'other'] as const;
/** What plays are told apart by, in shape as in colour. */
export type Mark = (typeof MARKS)[number];

export const markOf = ({ name, outcome }: RinkPlay): Mark => {
  if (name === 'goal') return 'goal';
  return outcome === 'successful' || outcome === 'failed' ? outcome : 'other';
};

const round = (value: number): number => Math.round(value * 100) / 100;

const ringPath = (x: number, y: number, radius: number): string =>
  `M${round(x - radius)},${y}a${radius},${radius} 0 1 0 ${2 * radius},0a${radius},${radius} 0 1 0 ${-2 * radius},0`;

/** A star's five points, so that goals are seen among thousands. */
const starPath = (x: number, y: number, radius: number): string => {
  const corners = Array.from({ length: 10 }, (_, index) => {
    const reach = index % 2 === 0 ? radius : radius * 0.45;
    const angle = (index * Math.PI) / 5 - Math.PI / 2;
    return `${round(x + reach * Math.cos(angle))},${round(y + reach * Math.sin(angle))}`;
  });
  return `M${corners.join('L')}Z`;
};

const crossPath = (x: number, y: number, reach: number): string =>
  `M${round(x - reach)},${round(y - reach)}l${2 * reach},${2 * reach}M${round(x - reach)},${round(y + reach)}l${2 * reach},${-2 * reach}`;

const PATHS: Readonly<Record<Mark, (x: number, y: number) => string>> = {
  goal: (x, y) => starPath(x, y, 3),
  successful: (x, y) => ringPath(x, y, 1.2),
  failed: (x, y) => crossPath(x, y, 1.1),
  other: (x, y) => ringPath(x, y, 0.9),
};

/** All plays of a mark as one path of the rink's drawing: thousands of elements would be slow. */
export const marksPath = (plays: readonly PlacedPlay[], mark: Mark): string =>
  plays
    .filter((play) => markOf(play) === mark)
    .map(({ x_ft, y_ft }) => PATHS[mark](round(x_ft), round(-y_ft)))
    .join('');

/** The mark alone, for a legend. */
export const markPath = (mark: Mark): string => PATHS[mark](0, 0);
