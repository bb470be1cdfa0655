const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `4.3 MB`: decimal units, as disks and networks count. */
export function bytesInWords(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

/** `45 s`, `3 min 05 s`, `2 h 10 min`. */
export function secondsInWords(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const two = (value: number) => String(value).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}

/** Speeds are judged over this long, so that the time left does not jump about. */
const WINDOW_MS = 5000;

export interface TransferMeter {
  /** Where a transfer stands, in words: `42 % of 1.2 GB, 48.0 MB/s, 15 s left`. */
  words(doneBytes: number, totalBytes: number): string;
}

/** Measures a transfer by what it says of itself. Bytes that were there before the first call do not count as speed. */
export function createTransferMeter(now: () => number = () => performance.now()): TransferMeter {
  const samples: { atMs: number; bytes: number }[] = [];
  return {
    words(doneBytes, totalBytes) {
      const atMs = now();
      samples.push({ atMs, bytes: doneBytes });
      while (samples.length > 2 && atMs - (samples[1]?.atMs ?? atMs) >= WINDOW_MS) samples.shift();
      const percent = totalBytes === 0 ? 100 : Math.floor((doneBytes / totalBytes) * 100);
      const whole = `${percent} % of ${bytesInWords(totalBytes)}`;
      const [first] = samples;
      const elapsedS = first ? (atMs - first.atMs) / 1000 : 0;
      const perSecond = first && elapsedS > 0 ? (doneBytes - first.bytes) / elapsedS : 0;
      if (perSecond <= 0) return whole;
      const left = secondsInWords((totalBytes - doneBytes) / perSecond);
      return `${whole}, ${bytesInWords(perSecond)}/s, ${left} left`;
    },
  };
}
