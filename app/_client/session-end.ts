import { isApiError } from './api-fetch.ts';

/** A session that ended while the page was open: sign in again, then come back here. */
export const leaveToSignIn = (): void => {
  const here = `${window.location.pathname}${window.location.search}`;
  window.location.assign(`/signin?callbackUrl=${encodeURIComponent(here)}`);
};

/** What every query and mutation does with its fault. */
export const leaveWhenSignedOut = (error: Error): void => {
  if (isApiError(error) && error.status === 401) leaveToSignIn();
};
