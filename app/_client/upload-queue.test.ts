import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CreateMaster, MasterAnnouncedJson, MasterJson } from '#lib/masters/master-schemas.ts';
import { fieldsFromName, type UploadItem } from './upload-item.ts';
import { storedUploadMemory } from './upload-memory.ts';
import { UploadQueue } from './upload-queue.ts';
import type { SendRequest, UploadPort } from './upload-run.ts';
import { type TakenPlace, takenBy } from './upload-taken.ts';

/** A file with a name that says everything, or nothing. */
const fileOf = (name: string, lastModified = 1) => new File(['0123456789'], name, { lastModified });
const P1 = 'p1-MTL.mp4';

const masterOf = (id: string, body: CreateMaster, status: MasterJson['status']): MasterJson => ({
  ...body,
  id,
  status,
  content_type: 'video/mp4',
  period: body.period ?? null,
  crc32c: null,
  lake_uri: `gs://lake/${id}`,
  duration_s: null,
  cut_off_at_s: null,
  width: null,
  height: null,
  frame_rate: null,
  video_codec: null,
  audio_codec: null,
  audio_note: null,
  gaps: [],
  damage: [],
  error_message: status === 'failed' ? 'No video stream.' : null,
  preparation: null,
  clip_count: 0,
  signed_url: null,
  created_by: null,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  deleted_at: null,
});

/** A portal in memory: its uploads end when the test says so. */
class Portal implements UploadPort {
  readonly bodies: CreateMaster[] = [];
  readonly removed: string[] = [];
  readonly sends: (SendRequest & { finish: () => void; fail: (error: Error) => void })[] = [];
  verdict: MasterJson['status'] = 'ready';
  refusal: { code: string; canRetry: boolean } | null = null;

  taken: TakenPlace | null = null;
  asked: CreateMaster[] = [];

  findTaken = async (body: CreateMaster) => {
    this.asked.push(body);
    return this.taken;
  };
  check = async (file: File) => (file.name.endsWith('.txt') ? ('suffix' as const) : null);
  fieldsOf = (file: File) =>
    fieldsFromName(file.name, { teamCode: 'MTL', season: '2025-2026', gameId: '20031', period: 1 });
  known: MasterAnnouncedJson | null = null;
  open = async (body: CreateMaster): Promise<MasterAnnouncedJson> => {
    if (this.refusal) throw new Error('refused');
    this.bodies.push(body);
    if (this.known) return this.known;
    const upload = { protocol: 'gcs-resumable', chunk_multiple: 262_144, expires_at: '2026-01-08T00:00:00Z' } as const;
    return { master: masterOf(`m-${body.filename}`, body, 'uploading'), upload: { ...upload, url: 'https://secret' } };
  };
  send = (request: SendRequest) =>
    new Promise<void>((resolve, reject) => {
      request.signal.addEventListener('abort', () => reject(request.signal.reason));
      this.sends.push({ ...request, finish: resolve, fail: reject });
    });
  complete = async (id: string) => {
    const body = this.bodies.find(({ filename }) => `m-${filename}` === id);
    if (!body) throw new Error('never opened');
    return masterOf(id, body, this.verdict);
  };
  remove = async (id: string) => void this.removed.push(id);
  problemOf = () => ({ detail: 'no', requestId: 'r1', ...(this.refusal ?? { code: 'network', canRetry: true }) });
  now = () => 0;
}

function storage() {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  };
}

/** Lets every promise that can go on do so. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

let portal: Portal;
let store: ReturnType<typeof storage>;
let queue: UploadQueue;

const at = (index: number): UploadItem => {
  const item = queue.snapshot()[index];
  if (!item) throw new Error(`no item ${index}`);
  return item;
};
const phases = () => queue.snapshot().map(({ phase }) => phase);
async function begin(...names: string[]) {
  await queue.add(names.map((name) => fileOf(name)));
  queue.startAll();
  await settle();
}

beforeEach(() => {
  portal = new Portal();
  store = storage();
  queue = new UploadQueue(portal, storedUploadMemory(store));
});

describe('before the first byte', () => {
  it('reads the name, checks the file and waits for a start', async () => {
    await queue.add([fileOf(P1), fileOf('notes.txt')]);
    expect(phases()).toEqual(['draft', 'draft']);
    expect(at(0).fields).toMatchObject({ team_code: 'MTL', season: '2025-2026', game_id: '20031', period: '1' });
    expect(at(1).fileFault).toBe('suffix');
    expect(queue.snapshot().map((item) => queue.canStart(item))).toEqual([true, false]);
  });

  it('takes the same file once, and refuses two for one place', async () => {
    await queue.add([fileOf(P1), fileOf(P1)]);
    expect(queue.snapshot()).toHaveLength(1);
    await queue.add([fileOf(P1, 2)]);
    expect(queue.canStart(at(0))).toBe(false);
    queue.edit(at(1).id, { filename: 'p1-again.mp4' });
    expect(queue.snapshot().map((item) => queue.canStart(item))).toEqual([true, true]);
  });

  it('says that a master is there already, and lets its name be corrected', async () => {
    portal.refusal = { code: 'master_exists', canRetry: false };
    await begin(P1);
    expect(at(0)).toMatchObject({
      phase: 'failed',
      masterId: null,
      problem: { code: 'master_exists', requestId: 'r1' },
    });
    expect(portal.sends).toHaveLength(0);
    queue.edit(at(0).id, { filename: 'p1-b.mp4' });
    expect(at(0)).toMatchObject({ phase: 'draft', problem: null });
  });

  it('tells of a duplicate when the file is chosen, and asks anew for another place', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    portal.taken = { kind: 'duplicate', masterId: 'm1', filename: P1 };
    await queue.add([fileOf(P1)]);
    await settle();
    expect(at(0).taken).toEqual(portal.taken);
    expect(queue.canStart(at(0))).toBe(false);
    portal.taken = { kind: 'same_size', masterId: 'm1', filename: P1 };
    for (const filename of ['p1-b', 'p1-b.mp', 'p1-b.mp4']) queue.edit(at(0).id, { filename });
    expect(at(0).taken).toBeNull();
    await vi.runAllTimersAsync();
    await settle();
    expect(portal.asked.map(({ filename }) => filename)).toEqual([P1, 'p1-b.mp4']);
    expect(at(0).taken).toEqual(portal.taken);
    expect(queue.canStart(at(0))).toBe(true);
    vi.useRealTimers();
  });

  it('knows a duplicate by its name, and by its size under another', () => {
    const there = [
      { id: 'a', filename: 'a.mp4', size_bytes: 5, status: 'ready' as const },
      { id: 'b', filename: 'b.mp4', size_bytes: 6, status: 'uploading' as const },
      { id: 'c', filename: 'c.mp4', size_bytes: 7, status: 'failed' as const },
    ];
    const kindOf = (filename: string, size_bytes: number) => takenBy(there, { filename, size_bytes })?.kind ?? null;
    expect([kindOf('a.mp4', 1), kindOf('a.mp4', 5), kindOf('d.mp4', 5)]).toEqual([
      'duplicate',
      'duplicate',
      'same_size',
    ]);
    expect([kindOf('b.mp4', 6), kindOf('b.mp4', 1), kindOf('c.mp4', 7)]).toEqual([
      null,
      'in_progress',
      'master_failed',
    ]);
    expect([kindOf('d.mp4', 6), kindOf('d.mp4', 8)]).toEqual([null, null]);
  });

  it('applies team, season and game to all, and leaves period and name', async () => {
    await queue.add([fileOf(P1), fileOf('p2.mp4')]);
    queue.edit(at(0).id, { team_code: 'LAV', game_id: '7', period: '3' });
    queue.applyToAll(at(0).id);
    expect(at(1).fields).toEqual({
      team_code: 'LAV',
      season: '2025-2026',
      game_id: '7',
      period: '1',
      filename: 'p2.mp4',
    });
  });

  it('takes the cleaned name on offer', async () => {
    portal.check = async () => 'name' as never;
    await queue.add([fileOf('Période 1.mp4')]);
    queue.takeCleanedName(at(0).id);
    expect(at(0)).toMatchObject({ fileFault: null, fields: { filename: 'Periode-1.mp4' } });
  });
});

describe('while files go out', () => {
  it('sends two at once, the third when one is done', async () => {
    await begin('a.mp4', 'b.mp4', 'c.mp4');
    expect(phases()).toEqual(['uploading', 'uploading', 'waiting']);
    expect(queue.isBusy).toBe(true);
    portal.sends[0]?.finish();
    await settle();
    expect(phases()).toEqual(['ready', 'uploading', 'uploading']);
  });

  it('tells progress, and remembers the upload without its URL', async () => {
    await begin(P1);
    portal.sends[0]?.onProgress(4, false);
    expect(at(0).storedBytes).toBe(4);
    const memory = store.getItem('heartbeat.unfinished-uploads') ?? '';
    expect(memory).toContain('m-p1-MTL.mp4');
    expect(memory).not.toContain('secret');
  });

  it('sends nothing of a file that is there already, or all of whose bytes are', async () => {
    const body = { team_code: 'MTL', season: '2025-2026', game_id: '20031', filename: P1, size_bytes: 10 };
    portal.known = { master: masterOf(`m-${P1}`, body, 'ready'), upload: null };
    await begin(P1);
    expect(at(0)).toMatchObject({ phase: 'ready', masterId: `m-${P1}` });
    portal.known = { master: masterOf('m-b.mp4', { ...body, filename: 'b.mp4' }, 'uploading'), upload: null };
    await begin('b.mp4');
    expect(at(1)).toMatchObject({ phase: 'ready', storedBytes: 10 });
    expect(portal.sends).toHaveLength(0);
  });

  it('says that a line is dead while it is tried again', async () => {
    await begin(P1);
    portal.sends[0]?.onProgress(4, true);
    expect(at(0)).toMatchObject({ phase: 'uploading', isRetrying: true, bytesPerSecond: null });
    portal.sends[0]?.onProgress(5, false);
    expect(at(0).isRetrying).toBe(false);
  });

  it('pauses, and resumes through the session that the server still has', async () => {
    await begin(P1);
    portal.sends[0]?.onProgress(4, false);
    queue.pause(at(0).id);
    await settle();
    expect(at(0)).toMatchObject({ phase: 'paused', storedBytes: 4 });
    queue.resume(at(0).id);
    await settle();
    expect(portal.bodies).toHaveLength(2);
    expect(portal.bodies[1]).toEqual(portal.bodies[0]);
    portal.sends[1]?.finish();
    await settle();
    expect(phases()).toEqual(['ready']);
    expect(storedUploadMemory(store).list()).toEqual([]);
  });

  it('resumed before the pause has ended, it still goes on', async () => {
    await begin(P1);
    queue.pause(at(0).id);
    queue.resume(at(0).id);
    await settle();
    expect(phases()).toEqual(['uploading']);
    expect(portal.sends).toHaveLength(2);
  });

  it('keeps a broken connection for another try', async () => {
    await begin(P1);
    portal.sends[0]?.fail(new Error('network'));
    await settle();
    expect(at(0)).toMatchObject({ phase: 'failed', problem: { canRetry: true } });
    expect(storedUploadMemory(store).list()).toHaveLength(1);
    queue.resume(at(0).id);
    await settle();
    expect(phases()).toEqual(['uploading']);
  });

  it('cancels on the server too', async () => {
    await begin(P1);
    await queue.cancel(at(0).id);
    await settle();
    expect(queue.snapshot()).toEqual([]);
    expect(portal.removed).toEqual(['m-p1-MTL.mp4']);
    expect(storedUploadMemory(store).list()).toEqual([]);
  });

  it('shows why a master was refused after its bytes', async () => {
    portal.verdict = 'failed';
    await begin(P1);
    portal.sends[0]?.finish();
    await settle();
    expect(at(0)).toMatchObject({ phase: 'failed', problem: { detail: 'No video stream.', canRetry: false } });
    expect(storedUploadMemory(store).list()).toEqual([]);
  });
});

describe('coming back', () => {
  it('asks for the file again and goes on when it is given', async () => {
    await begin(P1);
    portal.sends[0]?.onProgress(4, false);
    queue.pause(at(0).id);
    queue = new UploadQueue(portal, storedUploadMemory(store));
    expect(at(0)).toMatchObject({ phase: 'file_needed', storedBytes: 4, file: null });
    await queue.add([fileOf(P1)]);
    await settle();
    expect(queue.snapshot()).toHaveLength(1);
    expect(phases()).toEqual(['uploading']);
  });

  it('keeps what the server could not be told to forget', async () => {
    await begin(P1);
    portal.remove = async () => {
      throw new Error('network');
    };
    await queue.cancel(at(0).id);
    expect(storedUploadMemory(store).list()).toHaveLength(1);
  });

  it('starts empty on a memory that cannot be read', () => {
    store.setItem('heartbeat.unfinished-uploads', '{"broken":');
    expect(new UploadQueue(portal, storedUploadMemory(store)).snapshot()).toEqual([]);
  });
});
