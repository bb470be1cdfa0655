import { freePort } from '#lib/db/local-postgres.ts';
import { accountOf } from './support/accounts.ts';
import { visitTwice } from './support/pictures.ts';
import { expect, test } from './support/portal-test.ts';
import { startSecondWeb } from './support/processes.ts';
import { startRequestLog } from './support/request-log.ts';

test('a second visit within the window downloads no picture from the disk store', async ({ openAs }) => {
  const port = await freePort();
  const log = await startRequestLog(port);
  const web = await startSecondWeb({ PORT: String(port), NEXTAUTH_URL: log.origin });
  try {
    const isPicture = (line: string) => /^GET \/api\/objects\/[^?]*\/thumb\.jpg\?/.test(line);
    const page = await openAs(accountOf('coach', 'MTL'), { baseURL: log.origin });
    const visits = await visitTwice(page, () => log.lines.filter(isPicture).length);
    expect(visits.pictures).toBeGreaterThan(1);
    expect(visits).toMatchObject({ first: visits.pictures, second: 0 });
  } finally {
    await web.process.stop();
    await log.close();
  }
});
