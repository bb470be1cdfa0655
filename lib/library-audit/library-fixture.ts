import type { Database, DbOrTx } from '#lib/db/prisma-client.ts';
import { BUCKETS, clipRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { startGcsHarness } from '#lib/storage/google/fake/harness.ts';
import type { ObjectRef, ObjectStore } from '#lib/storage/port/object-store.ts';
import { auditLibrary } from './audit-library.ts';
import type { AuditDeps, AuditOptions } from './audit-run.ts';
import type { AuditReport, Finding } from './library-audit-schemas.ts';

const GAME = 'MTL/2025-2026/20031';
export const FILES = ['720.m4s', 'clip.mp4', 'thumb.jpg'] as const;
const TYPES = { '720.m4s': 'hls_segment', 'clip.mp4': 'mp4', 'thumb.jpg': 'thumbnail' } as const;
/** After the grace of everything that a test has written. */
const LATER_MS = 2 * 3_600_000;

export const mediaRef = (clipId: string, name: string): ObjectRef => ({
  bucket: BUCKETS.media,
  key: `${GAME}/${clipId}/${name}`,
});
export const lakeRef = (name: string): ObjectRef => ({ bucket: BUCKETS.lake, key: `media/raw/${GAME}/${name}` });
export const uriOf = ({ bucket, key }: ObjectRef): string => `gs://${bucket}/${key}`;

/** Puts things into a library as the portal does: every row has its object. */
interface LibraryMaker {
  /** Writes an object that no row names. */
  put(ref: ObjectRef, text: string): Promise<void>;
  /** A ready clip with its objects, as the worker publishes it. */
  addClip(clipId: string): Promise<void>;
  /** A clip that the portal made, in this state. */
  addUncut(clipId: string, processingStatus: 'pending' | 'processing', tx?: DbOrTx): Promise<number>;
  /** Its id. */
  addMaster(filename: string): Promise<string>;
}

/** A library on one store. */
export interface Library extends LibraryMaker {
  portal: PortalFixture;
  store: ObjectStore;
  db: Database;
  /** Empties rows, jobs and objects. */
  clear(): Promise<void>;
  audit(
    options?: Partial<AuditOptions>,
    deps?: Partial<AuditDeps>,
  ): Promise<{ report: AuditReport; findings: Finding[] }>;
  close(): Promise<void>;
}

const OBJECT = { contentType: 'application/octet-stream' };

export function makeLibrary(db: Database, store: ObjectStore): LibraryMaker {
  const made = (clipId: string, tx: DbOrTx = db) =>
    tx.auditEntry.create({ data: { action: 'clip.create', targetType: 'clip', targetId: clipId } });
  const put = async (ref: ObjectRef, text: string) => store.write(ref, Buffer.from(text), OBJECT);
  return {
    put: async (ref, text) => void (await put(ref, text)),
    addClip: async (clipId) => {
      const { id } = await db.clip.create({ data: clipRow({ clipId }) });
      await made(clipId);
      for (const name of FILES) {
        const ref = mediaRef(clipId, name);
        const { sizeBytes, generation, crc32c } = await put(ref, `${name} of ${clipId}`);
        const registered = { fileSizeBytes: BigInt(sizeBytes), generation, crc32c };
        await db.clipAsset.create({ data: { clipId: id, assetType: TYPES[name], gcsUri: uriOf(ref), ...registered } });
      }
    },
    addUncut: async (clipId, processingStatus, tx = db) => {
      const { id } = await tx.clip.create({ data: clipRow({ clipId, processingStatus }) });
      await made(clipId, tx);
      return id;
    },
    addMaster: async (filename) => {
      const ref = lakeRef(filename);
      const { sizeBytes, generation, crc32c } = await put(ref, `the master ${filename}`);
      const { id } = await db.master.create({
        data: {
          ...{ id: crypto.randomUUID(), lakeUri: uriOf(ref), status: 'ready', filename, contentType: 'video/mp4' },
          ...{ teamCode: 'MTL', season: '2025-2026', gameId: '20031' },
          ...{ sizeBytes: BigInt(sizeBytes), generation, crc32c },
        },
      });
      return id;
    },
  };
}

async function openStoreOf(kind: 'disk' | 'google', portal: PortalFixture) {
  if (kind === 'disk') return { store: portal.store, close: async () => undefined };
  const { store, close } = await startGcsHarness();
  return { store, close };
}

export async function openLibrary(kind: 'disk' | 'google'): Promise<Library> {
  const portal = await portalFixture();
  const { store, close } = await openStoreOf(kind, portal);
  const { db } = portal;

  return {
    ...{ portal, store, db },
    ...makeLibrary(db, store),
    clear: async () => {
      await db.clip.deleteMany();
      await db.master.deleteMany();
      await db.libraryAudit.deleteMany();
      await db.$executeRaw`DELETE FROM media_jobs.job`;
      for (const bucket of [BUCKETS.media, BUCKETS.lake]) {
        for await (const { key } of store.list(bucket, '')) await store.delete({ bucket, key });
      }
    },
    audit: async (options = {}, deps = {}) => {
      const findings: Finding[] = [];
      const now = () => new Date(Date.now() + LATER_MS);
      const leftovers = kind === 'disk' ? () => portal.store.leftovers() : null;
      const report = await auditLibrary(
        { ...{ db, store, buckets: BUCKETS, queue: portal.deps.queue, leftovers, now }, ...deps },
        { fix: false, onFinding: (finding) => findings.push(finding), ...options },
      );
      return { report, findings };
    },
    close: async () => {
      await close();
      await portal.close();
    },
  };
}
