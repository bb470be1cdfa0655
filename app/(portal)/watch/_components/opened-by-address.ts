/** Whether a player has been opened since the document was loaded. */
let hasOpened = false;

const navigation = () => (performance.getEntriesByType('navigation') as PerformanceNavigationTiming[])[0];

/** Whether the player is the first thing that this document shows; what the router shows later leaves its address as it is. */
function isFirstShown(): boolean {
  const entry = navigation();
  const path = entry ? new URL(entry.name).pathname : window.location.pathname;
  return !hasOpened && path === window.location.pathname;
}

/** Whether the player is the first thing that this document shows: by a link from outside, a reload, a typed address. */
export function isOpenedByAddress(): boolean {
  const isFirst = isFirstShown();
  hasOpened = true;
  return isFirst;
}

/**
 * When what a player shows had come from the server, at the latest, in ms as `performance` counts: with the document where
 * the player is the first thing that it shows. Its code may have taken seconds more. Asked before `isOpenedByAddress`.
 */
export const arrivedAtMs = (): number => (isFirstShown() && navigation()?.responseStart) || performance.now();
