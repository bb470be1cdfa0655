import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '#lib/db/prisma-client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/db/test-database.ts';
import { createSignInThrottle, type ThrottleLimits } from './sign-in-throttle.ts';

const LIMITS: ThrottleLimits = {
  pair: { points: 3, windowS: 900 },
  place: { points: 6, windowS: 3600 },
  account: { points: 5, windowS: 1800 },
};

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

let serial = 0;
/** An account and places that no other test has touched. */
function strangers() {
  serial += 1;
  const throttle = createSignInThrottle(database.db, LIMITS);
  const email = `person${serial}@example.org`;
  const place = (number: number, device: string | null = null) => ({ address: `10.${serial}.0.${number}`, device });
  const fail = async (times: number, at = 1, who = email) => {
    const waits: (number | null)[] = [];
    for (let time = 0; time < times; time++) waits.push(await throttle.attempt(who, place(at)));
    return waits;
  };
  return { throttle, email, place, fail };
}

describe('sign-in attempts', () => {
  it('of one account from one place are refused after some, with the time to wait', async () => {
    const { fail } = strangers();
    const [first, second, third, fourth] = await fail(4);
    expect([first, second, third]).toEqual([null, null, null]);
    expect(fourth).toBeGreaterThan(890);
    expect(fourth).toBeLessThanOrEqual(900);
  });

  it('are the same account in every spelling, and an unknown account is like a known one', async () => {
    const { throttle, email, place } = strangers();
    for (const spelling of [email, email.toUpperCase(), ` ${email}`]) await throttle.attempt(spelling, place(1));
    expect(await throttle.attempt(email, place(1))).not.toBeNull();
  });

  it('are forgotten by a restart of nobody, and shared by all processes', async () => {
    const { fail, email, place } = strangers();
    await fail(3);
    const other = openDatabase(database.url, { maxConnections: 1 });
    expect(await createSignInThrottle(other, LIMITS).attempt(email, place(1))).toBeGreaterThan(0);
    await other.$disconnect();
  });

  it('at once count one by one', async () => {
    const { throttle, email, place } = strangers();
    const waits = await Promise.all(Array.from({ length: 6 }, () => throttle.attempt(email, place(1))));
    expect(waits.filter((wait) => wait === null)).toHaveLength(3);
  });

  it('start anew when one was right', async () => {
    const { throttle, email, place, fail } = strangers();
    await fail(2);
    expect(await throttle.attempt(email, place(1))).toBeNull();
    await throttle.succeeded(email, place(1));
    expect(await fail(3)).toEqual([null, null, null]);
  });

  it('from one place are refused, whichever accounts they try, and a success forgives only itself', async () => {
    const { throttle, fail, place } = strangers();
    for (let number = 0; number < 5; number++) await fail(1, 1, `victim${number}@example.org`);
    const mine = 'attacker@example.org';
    expect(await throttle.attempt(mine, place(1))).toBeNull();
    await throttle.succeeded(mine, place(1));
    expect(await fail(1, 1, 'victim8@example.org')).toEqual([null]);
    expect((await fail(1, 1, 'victim9@example.org'))[0]).toBeGreaterThan(3590);
  });

  it('from ever new places are refused, but not where the account was signed in to before', async () => {
    const { throttle, email, place, fail } = strangers();
    await throttle.attempt(email, place(1));
    await throttle.succeeded(email, place(1));
    for (let number = 2; number < 7; number++) expect(await fail(1, number)).toEqual([null]);
    expect((await fail(1, 7))[0]).toBeGreaterThan(1790);
    expect(await throttle.attempt(email, place(1))).toBeNull();
  });

  it('that are refused already lock nobody else out', async () => {
    const { fail } = strangers();
    await fail(40, 1);
    expect(await fail(1, 2)).toEqual([null]);
  });

  it('leave neither e-mail nor IP addresses behind', async () => {
    const { fail, email, place } = strangers();
    await fail(1);
    const rows = await database.db.signInAttempt.findMany();
    expect(JSON.stringify(rows.map(({ key }) => key))).not.toMatch(new RegExp(`${email}|${place(1).address}`));
  });
});

describe('the right password', () => {
  const DEVICE = 'the id of a device';
  const known = async (device: string | null = null) => {
    const stranger = strangers();
    const { throttle, email, place } = stranger;
    expect(await throttle.attempt(email, place(1, device))).toBeNull();
    await throttle.succeeded(email, place(1, device));
    return stranger;
  };

  it('goes through at once after a hundred wrong ones from elsewhere: where one has been before, and where not', async () => {
    const { throttle, email, place, fail } = await known(DEVICE);
    await fail(100, 2);
    for (const from of [place(1), place(3), place(3, DEVICE)]) expect(await throttle.attempt(email, from)).toBeNull();
  });

  it('of those who know a place is not shut out by a hundred wrong ones of strangers there', async () => {
    const { throttle, email, place, fail } = await known();
    for (let number = 0; number < 100; number++) await fail(1, 1, `sprayed${number}@example.org`);
    expect((await fail(1, 1, 'stranger@example.org'))[0]).toBeGreaterThan(0);
    expect(await throttle.attempt(email, place(1))).toBeNull();
  });

  it('goes through on a known device whatever its own place has tried for the very account', async () => {
    const { throttle, email, place, fail } = await known(DEVICE);
    await fail(100, 1);
    expect(await throttle.attempt(email, place(1))).toBeGreaterThan(0);
    expect(await throttle.attempt(email, place(1, DEVICE))).toBeNull();
    // The device is known to this account, to no other, and by its very id.
    expect((await fail(7, 2, 'other@example.org')).at(-1)).toBeGreaterThan(0);
    expect(await throttle.attempt('other@example.org', place(2, DEVICE))).toBeGreaterThan(0);
    expect(await throttle.attempt(email, place(1, `${DEVICE}!`))).toBeGreaterThan(0);
  });

  it('goes through on a known device elsewhere while the account is guessed at from everywhere', async () => {
    const { throttle, email, place, fail } = await known(DEVICE);
    for (let number = 2; number < 30; number++) await fail(1, number);
    expect(await throttle.attempt(email, place(40))).toBeGreaterThan(0);
    expect(await throttle.attempt(email, place(40, DEVICE))).toBeNull();
    await throttle.succeeded(email, place(40, DEVICE));
    // From now on the account knows that place, too.
    expect(await throttle.attempt(email, place(40))).toBeNull();
  });

  it('at a stranger’s place leaves the count of wrong ones from everywhere as it was', async () => {
    const { throttle, email, place, fail } = strangers();
    for (let number = 1; number < 5; number++) await fail(1, number);
    expect(await throttle.attempt(email, place(5))).toBeNull();
    await throttle.succeeded(email, place(5));
    expect(await fail(1, 6)).toEqual([null]);
    expect((await fail(1, 7))[0]).toBeGreaterThan(0);
  });
});

describe('guessing', () => {
  const DEVICE = 'the id of a device';

  it('on a known device is bounded, too', async () => {
    const { throttle, email, place } = strangers();
    await throttle.attempt(email, place(1, DEVICE));
    await throttle.succeeded(email, place(1, DEVICE));
    const waits: (number | null)[] = [];
    for (let number = 1; number < 6; number++) waits.push(await throttle.attempt(email, place(number, DEVICE)));
    expect(waits.map((wait) => wait === null)).toEqual([true, true, true, false, false]);
  });

  it('at accounts that know a place is slowed down over all of them', async () => {
    const { throttle, place } = strangers();
    const emails = Array.from({ length: 5 }, (_, number) => `member${number}-${serial}@example.org`);
    for (const email of emails) await throttle.succeeded(email, place(1));
    const waits: (number | null)[] = [];
    for (const email of emails)
      for (let time = 0; time < 2; time++) waits.push(await throttle.attempt(email, place(1)));
    expect(waits.filter((wait) => wait === null)).toHaveLength(6);
  });

  it('that its pair refuses does not use up its place', async () => {
    const { fail } = strangers();
    await fail(50);
    expect(await fail(3, 1, `colleague${serial}@example.org`)).toEqual([null, null, null]);
  });

  it('counts by the database’s clock, whatever the process takes the time to be', async () => {
    const { throttle, email, place, fail } = strangers();
    await fail(3);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    try {
      const wait = await throttle.attempt(email, place(1));
      expect(wait).toBeGreaterThan(890);
      expect(wait).toBeLessThanOrEqual(900);
    } finally {
      vi.useRealTimers();
    }
  });
});
