/** Whether a player has been opened since the document was loaded. */
let hasOpened = false;

/** The address of the document, as it was loaded; what the router shows later leaves it as it is. */
const documentPath = (): string => {
  const [entry] = performance.getEntriesByType('navigation');
  return entry ? new URL(entry.name).pathname : window.location.pathname;
};

/** Whether the player is the first thing that this document shows: by a link from outside, a reload, a typed address. */
export function isOpenedByAddress(): boolean {
  const isFirst = !hasOpened && documentPath() === window.location.pathname;
  hasOpened = true;
  return isFirst;
}
