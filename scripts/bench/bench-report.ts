/** One measured figure. */
export interface Figure {
  what: string;
  value: number;
  unit: string;
  /** Name of the figure that this one is divided by, in the same run. */
  against?: string;
}

export interface BenchReport {
  title: string;
  figures: Figure[];
}

const format = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(2) : value.toFixed(4);

/** A table: what, figure, unit, and the ratio to the figure it is compared with. */
export function drawReport({ title, figures }: BenchReport): string[] {
  const width = Math.max(...figures.map(({ what }) => what.length));
  const lines = figures.map(({ what, value, unit, against }) => {
    const base = figures.find((figure) => figure.what === against);
    const ratio = base ? `   ${(value / base.value).toFixed(2)}× ${base.what}` : '';
    return `  ${what.padEnd(width)}  ${format(value).padStart(10)} ${unit}${ratio}`;
  });
  return [title, ...lines];
}

/** The middle of what repeated runs took. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** Seconds that `run` takes. */
export async function timed(run: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await run();
  return (performance.now() - startedMs) / 1000;
}
