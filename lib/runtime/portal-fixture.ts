import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PgBoss } from 'pg-boss';
import type { Prisma } from '#generated/prisma/client.ts';
import { createSeal } from '#lib/auth/seal.ts';
import type { Role, UserContext } from '#lib/auth/user-context.ts';
import { type Database, openDatabase, sessionOptions, WEB_ROLE } from '#lib/db/prisma-client.ts';
import { createTestDatabase } from '#lib/db/test-database.ts';
import { createDelivery } from '#lib/delivery/delivery.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { createCallerWatch } from '#lib/events/caller-watch.ts';
import { createEventHub } from '#lib/events/event-hub.ts';
import { createEventIds } from '#lib/events/event-id.ts';
import { openEventSource } from '#lib/events/event-repo.ts';
import { createJobQueue, startBoss } from '#lib/jobs/job-queue.ts';
import { createLogger } from '#lib/logger.ts';
import { inspectMaster } from '#lib/media/inspect/inspect-master.ts';
import { createDiskStore, type DiskStore } from '#lib/storage/disk/store.ts';

export const BUCKETS = { lake: 'test-lake', media: 'test-media' };
export const BASE_URL = 'http://localhost:3000';

export interface PortalFixture {
  /** As the web has them: its database shows what lies in a caller's reach. */
  deps: PortalDeps;
  /** The same database as its owner sees it: to put rows there and to look at them. */
  db: Database;
  store: DiskStore;
  /** The folder of the store. */
  storeRoot: string;
  boss: PgBoss;
  databaseUrl: string;
  /** Stops the portal's clock at a moment; `null` lets it run again. */
  setNow(moment: Date | null): void;
  /** What waits, ran or failed in one queue, oldest first. */
  jobs(queue: string): Promise<{ data: unknown; state: string; priority: number }[]>;
  /** The SQL statements that `use` sends, without transaction brackets and the reach. */
  statementsOf(use: (deps: PortalDeps) => Promise<unknown>): Promise<string[]>;
  close(): Promise<void>;
}

/** Everything that use-cases run on, all of it real: Postgres, pg-boss and a disk store in a temporary folder. */
export async function portalFixture(): Promise<PortalFixture> {
  const database = await createTestDatabase();
  const web = openDatabase(database.url, { maxConnections: 5, role: WEB_ROLE });
  const root = await mkdtemp(path.join(tmpdir(), 'portal-fixture-'));
  const logger = createLogger('silent', 'test');
  const boss = await startBoss({
    databaseUrl: database.url,
    logger,
    supervise: false,
    sessionOptions: sessionOptions(WEB_ROLE),
  });
  const store = createDiskStore({
    root,
    buckets: [BUCKETS.lake, BUCKETS.media],
    publicBaseUrl: BASE_URL,
    secret: 'a secret of the tests',
  });
  let fixed: Date | null = null;
  const now = () => fixed ?? new Date();
  const period = { ttlMs: 3_600_000, windowMs: 900_000 };
  const delivery = createDelivery({
    store,
    buckets: BUCKETS,
    baseUrl: BASE_URL,
    secret: 'tokens of tests',
    now,
    ...period,
  });
  const queue = createJobQueue(async () => boss);
  const cursorSecret = 'cursors of tests';
  const events = createEventHub(openEventSource(web, database.url), logger);
  const eventIds = createEventIds('event ids of tests', now);
  const deps: PortalDeps = {
    ...{ db: web, store, buckets: BUCKETS, queue, delivery, inspectMaster, cursorSecret, logger, now },
    callers: createCallerWatch(logger),
    ...{ events, eventIds, webhookSeal: createSeal('webhooks of tests', 'tests'), webhookHosts: [] },
    baseUrl: BASE_URL,
    uploadQuota: { uploads: 100, bytes: 10 * 1024 ** 4 },
    isDraining: () => false,
  };
  return {
    deps,
    db: database.db,
    store,
    storeRoot: root,
    boss,
    databaseUrl: database.url,
    setNow: (moment) => {
      fixed = moment;
    },
    jobs: (name) =>
      database.db
        .$queryRaw`SELECT data, state::text, priority FROM media_jobs.job WHERE name = ${name} ORDER BY created_on`,
    statementsOf: async (use) => {
      const statements: string[] = [];
      const onStatement = ({ text }: { text: string }) => statements.push(text);
      const watched = openDatabase(database.url, { role: WEB_ROLE, onStatement });
      await use({ ...deps, db: watched }).finally(() => watched.$disconnect());
      return statements.filter((sql) => !/^(BEGIN|COMMIT|ROLLBACK|SELECT set_config)/i.test(sql));
    },
    close: async () => {
      await events.close();
      await boss.stop({ graceful: false });
      await web.$disconnect();
      await database.drop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** A caller who is in no table: rights come from the context alone. */
export const caller = (role: Role, overrides: Partial<UserContext> = {}): UserContext => ({
  userId: randomUUID(),
  role,
  name: `A ${role}`,
  teamAccess: ['ALL'],
  ...(role === 'player' ? { playerId: '8480018' } : {}),
  preferences: {},
  ...overrides,
});

/** Puts one account into the table and returns it as a caller. */
export async function enlist(deps: PortalDeps, role: Role, overrides: Partial<UserContext> = {}): Promise<UserContext> {
  const user = caller(role, overrides);
  await deps.db.user.create({
    data: {
      id: user.userId,
      email: `${user.userId}@example.com`,
      name: user.name,
      role,
      teamAccess: [...user.teamAccess],
      playerId: user.playerId ?? null,
    },
  });
  return user;
}

let serial = 0;

/** One row of `media.clips`, ready unless told otherwise. */
export const clipRow = (overrides: Partial<Prisma.ClipCreateManyInput> = {}): Prisma.ClipCreateManyInput => {
  serial += 1;
  return {
    clipId: `clip-${serial}`,
    playerId: '8480018',
    teamCode: 'MTL',
    gameId: '20031',
    season: '2025-2026',
    eventType: 'shot',
    startTimecodeS: 1,
    endTimecodeS: 3,
    durationS: 2,
    sourceGcsUri: `gs://${BUCKETS.lake}/media/raw/MTL/2025-2026/20031/p1.mp4`,
    processingStatus: 'ready',
    ...overrides,
  };
};

/** One row of `media.masters`, ready and a minute long unless told otherwise. */
export const masterRow = (overrides: Partial<Prisma.MasterUncheckedCreateInput> = {}) => {
  const team = overrides.teamCode ?? 'MTL';
  const filename = overrides.filename ?? 'p1.mp4';
  return {
    id: randomUUID(),
    lakeUri: `gs://${BUCKETS.lake}/media/raw/${team}/2025-2026/20031/${filename}`,
    status: 'ready',
    teamCode: team,
    season: '2025-2026',
    gameId: '20031',
    filename,
    contentType: 'video/mp4',
    sizeBytes: 1000n,
    durationS: 60,
    ...overrides,
  };
};

/** Until a connection to this database waits for what another holds: only then do two of them meet. */
export async function untilOneWaits(db: Database): Promise<void> {
  for (;;) {
    const [row] = await db.$queryRaw<{ waiting: boolean }[]>`SELECT EXISTS (SELECT FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock') AS waiting`;
    if (row?.waiting) return;
  }
}

/** The `AppError` that a call must throw, as the facts that a client sees. */
export async function faultOf(call: Promise<unknown>): Promise<{ status: unknown; code: unknown; message: string }> {
  try {
    await call;
  } catch (error) {
    const { status, code, message } = error as { status?: unknown; code?: unknown; message: string };
    if (status === undefined) throw error;
    return { status, code, message };
  }
  throw new Error('The call was expected to be refused, and went through.');
}
