import { type GooglePortal, openGooglePortal } from './google-portal.ts';
import { test as portalTest } from './portal-test.ts';

/** The tests' own fixtures on a portal whose objects lie on the fake of Google; one for all files of a run. */
export const test = portalTest.extend<object, { google: GooglePortal }>({
  google: [
    async ({ browserName: _ }, use) => {
      const google = await openGooglePortal();
      await use(google);
      await google.close();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  home: async ({ google }, use) => use(google.state),
});
