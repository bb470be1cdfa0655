/** What a browser tells of its connection; Chromium does, others leave it out (Network Information API). */
interface Connection {
  saveData?: boolean;
  /** `slow-2g`, `2g`, `3g`, `4g`: how it feels, not what it is. */
  effectiveType?: string;
  /** A guess in Mbit/s, rounded, and 10 at most. */
  downlink?: number;
}

const connection = (): Connection => (navigator as Navigator & { connection?: Connection }).connection ?? {};

/** Whether nothing may be fetched that is not asked for: the reader saves data, or the network is slow. */
export const isFrugal = (): boolean => {
  const { saveData, effectiveType } = connection();
  return saveData === true || /2g$/.test(effectiveType ?? '');
};

/** The network's speed in bit/s as the browser knows it; `null` where it does not say. */
export const downlinkBps = (): number | null => {
  const { downlink } = connection();
  return downlink && downlink > 0 ? downlink * 1_000_000 : null;
};
