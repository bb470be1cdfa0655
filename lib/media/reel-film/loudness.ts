/** The loudness of a programme, and how far its peaks may go (EBU R 128). */
export const TARGET_LUFS = -23;
export const MAX_PEAK_DBTP = -1;
/** What is as quiet as this has nothing in it that could be made louder than its noise. */
const SILENT_LUFS = -60;
/** Noise that is raised by more than this is all that is heard. */
const MOST_GAIN_DB = 30;

/** What was measured of one item; `null`: nothing is heard in it. */
export type Loudness = { lufs: number; peakDb: number } | null;

/** Measures the sound of an output; its summary is the last that ffmpeg says. */
export const MEASURING = 'ebur128=peak=true:framelog=verbose';

/** Reads the summary of `MEASURING`. */
export function readLoudness(said: string): Loudness {
  const summary = said.slice(Math.max(0, said.lastIndexOf('Integrated loudness:')));
  const lufs = Number(/ I: +(-?\d+\.\d+) LUFS/.exec(summary)?.[1] ?? Number.NEGATIVE_INFINITY);
  const peakDb = Number(/ Peak: +(-?\d+\.\d+) dBFS/.exec(summary)?.[1] ?? Number.NEGATIVE_INFINITY);
  return lufs > SILENT_LUFS && Number.isFinite(peakDb) ? { lufs, peakDb } : null;
}

/** Brings an item to the target by one gain: nothing of it is made louder than the rest. Only what would clip is bent. */
export function levelling(loudness: Loudness): string[] {
  if (loudness === null) return [];
  const gainDb = Math.min(MOST_GAIN_DB, TARGET_LUFS - loudness.lufs);
  const limit = 10 ** (MAX_PEAK_DBTP / 20);
  const isBent = loudness.peakDb + gainDb > MAX_PEAK_DBTP;
  return [
    `volume=${gainDb.toFixed(2)}dB:precision=float`,
    ...(isBent ? [`alimiter=limit=${limit.toFixed(4)}:level=0:latency=1`] : []),
  ];
}
