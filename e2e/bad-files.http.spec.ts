import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { isRunning, toolsOf } from '#lib/media/tools/pids-fixture.ts';
import { accountOf } from './support/accounts.ts';
import { type Api, announce, apiOf, untilReady } from './support/api.ts';
import { until } from './support/conditions.ts';
import { diskFile, sha256, snapshot, sql } from './support/database.ts';
import { readPortalState } from './support/portal-state.ts';
import { expect, test } from './support/portal-test.ts';
import { expectProblem } from './support/problem.ts';
import { startSecondWeb } from './support/processes.ts';

const PLACE = { team_code: 'MTL', season: '2015-2016', game_id: 'bad' };
const admin = (): Api => apiOf(accountOf('admin', 'MTL'));

/** Announces, sends and completes bytes under a name of their own. */
async function upload(bytes: Uint8Array<ArrayBuffer>, facts: object = {}, api = admin()) {
  const started = await api.post('/masters', { ...announce(PLACE, `${randomUUID()}.mp4`, bytes.length), ...facts });
  expect(started.status, started.text).toBe(201);
  const { master, upload: session } = started.json;
  const sent = await fetch(session.url, { method: 'PUT', body: bytes });
  expect(sent.status, await sent.text()).toBe(200);
  const complete = () => api.post(`/masters/${master.id}/complete`);
  return { id: String(master.id), lakeUri: String(master.lake_uri), complete };
}

const asAdmin = () => ({ Authorization: `Bearer ${readPortalState().apiKeys[accountOf('admin', 'MTL').email]}` });

const libraryBytes = async (): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await readFile(readPortalState().masterFiles.mtl));

async function ffmpegFile(name: string, args: string[]): Promise<Uint8Array<ArrayBuffer>> {
  const file = path.join(readPortalState().dataDir, name);
  await execa('ffmpeg', ['-v', 'error', '-y', '-nostdin', ...args, file]);
  return new Uint8Array(await readFile(file));
}

let before: Awaited<ReturnType<typeof snapshot>>;
test.beforeAll(async () => {
  before = await snapshot();
});
test.afterAll(async () => {
  for (const { id } of await sql('SELECT id FROM media.masters WHERE season = $1', [PLACE.season])) {
    expect((await admin().delete(`/masters/${id}?permanent=true`)).status).toBe(204);
  }
  // The rest of the library is as it was, to the byte; and a deleted master leaves nothing in the lake.
  expect(await snapshot()).toEqual(before);
});

interface Case {
  name: string;
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  reason: RegExp;
  facts?: object;
}

const text = (content: string) => new TextEncoder().encode(content);

const CASES: Case[] = [
  { name: 'a text file', bytes: async () => text('not a video\n'.repeat(500)), reason: /video/i },
  {
    name: 'noise',
    bytes: async () => new Uint8Array(64 * 1024).map((_, index) => (index * 7919) % 251),
    reason: /video/i,
  },
  {
    name: 'a truncated file',
    bytes: async () => (await libraryBytes()).slice(0, 200_000),
    reason: /(cut off|truncated|incomplete|shorter|missing|ends|broken)/i,
  },
  {
    name: 'a playlist that calls itself .mp4',
    bytes: async () => text('#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n'),
    reason: /video/i,
  },
  {
    name: 'a list of files that calls itself .mp4',
    bytes: async () => text("ffconcat version 1.0\nfile '/etc/passwd'\n"),
    reason: /video/i,
  },
  {
    name: 'sound without a picture',
    bytes: () => ffmpegFile('sound.mp4', ['-f', 'lavfi', '-i', 'sine', '-t', '2', '-c:a', 'aac']),
    reason: /(picture|video)/i,
  },
  {
    name: 'a Matroska file that calls itself .mp4',
    bytes: () => ffmpegFile('inside.mkv', ['-i', readPortalState().masterFiles.mtl, '-t', '2', '-c', 'copy']),
    reason: /ends in \.mkv/,
  },
  {
    name: 'a picture larger than any camera takes',
    bytes: () => ffmpegFile('wide.mp4', ['-f', 'lavfi', '-i', 'color=s=8208x64', '-frames:v', '9', '-c:v', 'libx264']),
    reason: /8208 × 64; at most 8192 × 8192/,
  },
  {
    name: 'another checksum than announced',
    bytes: libraryBytes,
    facts: { crc32c: 'AAAAAA==' },
    reason: /(changed|CRC|checksum)/i,
  },
];

for (const { name, bytes, reason, facts } of CASES) {
  test(`${name} cannot become a master`, async () => {
    const { id, complete } = await upload(await bytes(), facts);
    const refused = await complete();
    expect(refused.status, refused.text).toBe(422);
    const { code, detail } = refused.json;
    expectProblem(refused, { status: 422, code });
    expect(detail).toMatch(reason);
    const { json: master } = await admin().get(`/masters/${id}`);
    expect([master.status, master.error_message, master.signed_url]).toEqual(['failed', detail, null]);
    expectProblem(await complete(), { status: 422, code: 'master_failed' });
    const cut = { master_id: id, ...PLACE, start_timecode_s: 0, end_timecode_s: 1, player_id: '1', event_type: 'shot' };
    expectProblem(await admin().post('/clips', cut), { status: 409, code: 'master_not_ready' });
  });
}

test('a file whose middle is lost says where, and gives the clips that do not touch it', async () => {
  const bytes = await libraryBytes();
  bytes.fill(0, Math.floor(bytes.length * 0.3), Math.floor(bytes.length * 0.7));
  const { id, complete } = await upload(bytes);
  const { status, json } = await complete();
  expect([status, json.status]).toEqual([200, 'ready']);
  const { damage } = json as unknown as { damage: unknown[] };
  expect(damage).toEqual([{ start_s: expect.closeTo(3.5, 1), end_s: expect.closeTo(4.5, 1) }]);
  const cut = (clip_id: string, start_timecode_s: number) =>
    admin().post('/clips', {
      ...{ clip_id, master_id: id, ...PLACE, start_timecode_s, end_timecode_s: start_timecode_s + 1 },
      ...{ player_id: '1', event_type: 'test' },
    });
  const ids = { whole: `whole-${randomUUID()}`, spoiled: `spoiled-${randomUUID()}` };
  for (const [clipId, startS] of [
    [ids.whole, 0.5],
    [ids.spoiled, 3.6],
  ] as const) {
    expect((await cut(clipId, startS)).status).toBe(201);
  }
  await untilReady(admin(), ids.whole);
  const failed = await until(
    async () => {
      const { json: clip } = await admin().get(`/clips/${ids.spoiled}`);
      return clip.processing_status === 'failed' ? clip : null;
    },
    { what: 'the clip that touches the damage has failed' },
  );
  expect(failed.error_message).toMatch(/damaged between/);
  await sql('DELETE FROM media.clips WHERE clip_id = ANY($1)', [Object.values(ids)]);
});

test('an empty file is refused before its upload', async () => {
  const answer = await admin().post('/masters', announce(PLACE, 'empty.mp4', 0));
  expectProblem(answer, { status: 400, code: 'invalid_request', path: 'size_bytes' });
});

test('an upload without its bytes cannot be completed, and can go on', async () => {
  const bytes = await libraryBytes();
  const request = announce(PLACE, `${randomUUID()}.mp4`, bytes.length);
  const { json: started } = await admin().post('/masters', request);
  const complete = () => admin().post(`/masters/${started.master.id}/complete`);
  expectProblem(await complete(), { status: 409, code: 'upload_unfinished' });
  expect((await fetch(started.upload.url, { method: 'PUT', body: bytes })).status).toBe(200);
  expect((await complete()).status).toBe(200);
});

test('completed twice, by two requests at once, by someone else', async () => {
  const bytes = await libraryBytes();
  const { id, lakeUri, complete } = await upload(bytes);
  const rootAdmin = apiOf(accountOf('admin'));
  expectProblem(await rootAdmin.post(`/masters/${id}/complete`), { status: 403, code: 'not_your_upload' });
  expect((await admin().get(`/masters/${id}`)).json.status).toBe('uploading');

  const both = await Promise.all([complete(), complete()]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  const [row] = await sql('SELECT to_jsonb(m) AS row FROM media.masters m WHERE id = $1', [id]);
  expect(await complete()).toMatchObject({ status: 200, json: { id, status: 'ready' } });
  expect((await rootAdmin.post(`/masters/${id}/complete`)).status).toBe(403);
  expect(await sql('SELECT to_jsonb(m) AS row FROM media.masters m WHERE id = $1', [id])).toEqual([row]);
  expect(sha256(await readFile(diskFile(lakeUri)))).toBe(sha256(bytes));
});

test('the same file, announced by two people at once: one of them has it', async () => {
  const request = announce(PLACE, `${randomUUID()}.mp4`, 1000);
  const people = [admin(), apiOf(accountOf('admin'))];
  const answers = await Promise.all(people.map((api) => api.post('/masters', request)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  for (const answer of answers) {
    if (answer.status === 409) expectProblem(answer, { status: 409, code: 'upload_in_progress' });
  }
  const first = people[answers.findIndex(({ status }) => status === 201)];
  const again = await first?.post('/masters', request);
  const session = answers.find(({ status }) => status === 201)?.json.upload.url;
  expect([again?.status, again?.json.upload.url]).toEqual([200, session]);
  const longer = await first?.post('/masters', { ...request, size_bytes: 1001 });
  if (longer) expectProblem(longer, { status: 409, code: 'upload_in_progress' });
});

test('a file that breaks inside gives a failed clip with a reason', async () => {
  const { id, lakeUri, complete } = await upload(await libraryBytes());
  expect((await complete()).status).toBe(200);
  // The disk rots after the check: what the worker reads is no video any more.
  const rotten = (await libraryBytes()).map((byte, index) => (index > 20_000 ? byte ^ 0x5a : byte));
  await writeFile(diskFile(lakeUri), rotten);
  const cut = { master_id: id, ...PLACE, start_timecode_s: 1, end_timecode_s: 2, player_id: '1', event_type: 'shot' };
  const created = await admin().post('/clips', cut);
  expect(created.status).toBe(201);
  const clip = await until(
    async () => {
      const { json } = await admin().get(`/clips/${created.json.clip_id}`);
      return ['failed', 'ready'].includes(json.processing_status) && json;
    },
    { what: 'the cut to fail' },
  );
  expect(clip.processing_status).toBe('failed');
  expect(clip.error_message).toMatch(/^[A-Z].+\.$/s);
  expect(clip.error_message).not.toMatch(/ffmpeg|\/tmp|Error:/);
  expect(clip.assets).toEqual([]);
  expect((await admin().delete(`/clips/${created.json.clip_id}`)).status).toBe(204);
  // What lies in the trash holds its master for 30 days; they are over.
  await sql('DELETE FROM media.clips WHERE deleted_at IS NOT NULL AND game_id = $1', [PLACE.game_id]);
});

/** The web's own check of a master, as soon as it has a tool running: the tool is stopped there, for as long as it takes. */
const untilChecking = (webPid: number): Promise<number> =>
  until(
    async () => {
      const pid = (await toolsOf(webPid))[0];
      return pid !== undefined && wasStopped(pid) ? pid : null;
    },
    { what: 'a check to begin', everyMs: 5 },
  );

/** Stops a tool where it is; false for one that has just ended, after which comes another. */
function wasStopped(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGSTOP');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

const untilGone = (pid: number) =>
  until(async () => !(await isRunning(pid)), { what: 'the tool to end', timeoutMs: 5000, everyMs: 50 });

test('twenty files completed at once are checked by one tool at a time', async ({ portal }) => {
  // They are as many as it says, and each is checked as any other: a film of a second will do.
  const film = [
    '-f',
    'lavfi',
    '-i',
    'testsrc=size=160x90:rate=10:duration=1',
    '-c:v',
    'libx264',
    '-pix_fmt',
    'yuv420p',
  ];
  const bytes = await ffmpegFile('second.mp4', film);
  const uploads = await Promise.all(Array.from({ length: 20 }, () => upload(bytes)));
  let most = 0;
  const watching = new AbortController();
  const watch = (async () => {
    while (!watching.signal.aborted) {
      most = Math.max(most, (await toolsOf(portal.webPid)).length);
      // Each look reads of every process; a tool needs 80 ms to begin.
      await pause(25);
    }
  })();
  const answers = await Promise.all(uploads.map(({ complete }) => complete()));
  watching.abort();
  await watch;
  expect(most).toBe(1);
  for (const answer of answers) {
    if (answer.status === 503) {
      expectProblem(answer, { status: 503, code: 'checks_busy' });
      expect(answer.headers.get('retry-after')).toBe('20');
    } else {
      expect(answer.status, answer.text).toBe(200);
    }
  }
  expect(answers.some(({ status }) => status === 200)).toBe(true);
});

test('a client that goes away takes the check of its file along', async ({ portal }) => {
  const { id, complete } = await upload(await libraryBytes());
  const gone = new AbortController();
  const asked = fetch(`${portal.url}/api/v2/masters/${id}/complete`, {
    method: 'POST',
    headers: asAdmin(),
    signal: gone.signal,
  });
  const tool = await untilChecking(portal.webPid);
  gone.abort();
  await expect(asked).rejects.toThrow();
  await untilGone(tool);
  expect((await admin().get(`/masters/${id}`)).json.status).toBe('uploading');
  expect((await complete()).status).toBe(200);
});

test('kill -9 of a web that checks a file leaves no tool behind', async () => {
  const { id, complete } = await upload(await libraryBytes());
  const second = await startSecondWeb({});
  try {
    const asked = fetch(`${second.url}/api/v2/masters/${id}/complete`, {
      method: 'POST',
      headers: asAdmin(),
    });
    const tool = await untilChecking(second.process.pid);
    second.process.kill();
    await expect(asked).rejects.toThrow();
    await untilGone(tool);
  } finally {
    await second.process.stop();
  }
  expect((await complete()).status).toBe(200);
});
