const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** A size in decimal units, as file managers and network speeds count: `1.4 GB`. */
export function formatBytes(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${step === 0 ? Math.round(value) : value.toFixed(value < 10 ? 2 : 1)} ${UNITS[step]}`;
}
