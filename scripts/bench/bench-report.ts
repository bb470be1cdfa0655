/** One measured figure. */
export interface Figure {
  what: string;
  value: number;
  unit: string;
  /** Name of the figure that this one is divided by, in the same run. */
  against?: string;
  /** The most, and the least, that is expected, in the same unit. */
  atMost?: number;
  atLeast?: number;
}

export interface BenchReport {
  title: string;
  figures: Figure[];
}

const format = (value: number): string =>
  Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(2) : value.toFixed(4);

/** `1.25×`; a small one keeps its first digits that count. */
const ratioOf = (value: number, base: number): string => {
  const ratio = value / base;
  return `${ratio >= 0.1 ? ratio.toFixed(2) : ratio.toPrecision(2)}×`;
};

/** Whether a figure is what is expected; nothing where nothing is. */
function verdictOn({ value, atMost = Infinity, atLeast = -Infinity }: Figure): string {
  const expected = [
    ...(atLeast === -Infinity ? [] : [`${format(atLeast)} at least`]),
    ...(atMost === Infinity ? [] : [`${format(atMost)} at most`]),
  ];
  if (expected.length === 0) return '';
  const word = value > atMost ? 'TOO MUCH' : value < atLeast ? 'TOO LITTLE' : 'as expected';
  return `   ${word}: ${expected.join(', ')}`;
}

/** A table: what, figure, unit, the ratio to the figure it is compared with, and whether it is what is expected. */
export function drawReport({ title, figures }: BenchReport): string[] {
  const width = Math.max(...figures.map(({ what }) => what.length));
  const lines = figures.map((figure) => {
    const { what, value, unit, against } = figure;
    const base = figures.find((other) => other.what === against);
    const ratio = base ? `   ${ratioOf(value, base.value)} ${base.what}` : '';
    return `  ${what.padEnd(width)}  ${format(value).padStart(10)} ${unit}${ratio}${verdictOn(figure)}`;
  });
  return [title, ...lines];
}

/** What this share of repeated runs took at most, by nearest rank. */
export const percentile = (values: readonly number[], percent: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
};

/** The middle of what repeated runs took. */
export const median = (values: readonly number[]): number => percentile(values, 50);

/** Seconds that `run` takes. */
export async function timed(run: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await run();
  return (performance.now() - startedMs) / 1000;
}
