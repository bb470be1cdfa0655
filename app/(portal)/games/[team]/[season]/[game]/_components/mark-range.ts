/** The ids from one place of a list to another, both included, whichever comes first. */
export const rangeOf = (plays: readonly { id: number }[], from: number, to: number): number[] =>
  plays.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ id }) => id);
