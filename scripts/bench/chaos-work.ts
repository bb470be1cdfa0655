import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeCrc32c, updateCrc32c } from '#lib/storage/port/crc32c.ts';
import { isUploadError } from '#lib/storage/upload/error.ts';
import { openUploadFile } from '#lib/storage/upload/local-file.ts';
import { nodeTransport } from '#lib/storage/upload/node-transport.ts';
import { uploadResumable } from '#lib/storage/upload/resumable-client.ts';
import { makeSampleMaster } from '#scripts/demo/make-sample-master.ts';

const UPLOADS = 20;
const CLIPS_OF_A_MASTER = 3;
const MASTER_S = 12;
const CLIP_S = 3;
/** Behind each master, so that every file is one of its own and takes many chunks: a `free` box (ISO/IEC 14496-12, 8.1.2). */
const FREE_BYTES = 3 * 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;
const UPLOADS_AT_ONCE = 4;
/** Nobody waits for ever: what is not done by then is lost. */
const PATIENCE_MS = 300_000;
const ASK_AGAIN_MS = 500;
const ANSWER_MS = 20_000;

const PLACE = { team_code: 'MTL', season: '2025-2026', game_id: '20031' } as const;

export interface ChaosMaster {
  file: string;
  sizeBytes: number;
  sha256: string;
  crc32c: string;
  clipIds: string[];
}

/** How the portal answered, and what became of the work. */
export interface ChaosRecord {
  /** Answers by status; 0 counts the requests that got none. */
  answers: Map<number, number>;
  /** Master ids by file, as they are ready. */
  ready: Map<ChaosMaster, string>;
  /** The clips whose creation was answered. */
  created: Set<string>;
}

/** Twenty masters, the same picture each, and no two the same bytes. */
export async function makeChaosMasters(folder: string, signal: AbortSignal): Promise<ChaosMaster[]> {
  const base = path.join(folder, 'base.mp4');
  await makeSampleMaster(base, { period: 1, caption: 'P1  MTL - CHI', seconds: MASTER_S, height: 360 }, { signal });
  const picture = await readFile(base);
  const header = Buffer.from([0, 0, 0, 0, ...Buffer.from('free')]);
  header.writeUInt32BE(header.length + FREE_BYTES);
  return Promise.all(
    Array.from({ length: UPLOADS }, async (_, index) => {
      const bytes = Buffer.concat([picture, header, randomBytes(FREE_BYTES)]);
      const file = path.join(folder, `chaos-${index + 1}.mp4`);
      await writeFile(file, bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const crc32c = encodeCrc32c(updateCrc32c(0, bytes));
      const clipIds = Array.from({ length: CLIPS_OF_A_MASTER }, (_clip, clip) => `chaos-${index + 1}-${clip + 1}`);
      return { file, sizeBytes: bytes.length, sha256, crc32c, clipIds };
    }),
  );
}

interface Answer {
  status: number;
  json: Record<string, unknown>;
}

/** A client that asks again for as long as an answer may pass: none, 429, 5xx, and a conflict with its own earlier request. */
export function patientClient(url: string, headers: Record<string, string>, record: ChaosRecord, signal: AbortSignal) {
  const once = async (method: string, pathname: string, body?: unknown, more: Record<string, string> = {}) => {
    const response = await fetch(`${url}/api/v2${pathname}`, {
      ...{ method, headers: { ...headers, ...more }, body: body === undefined ? null : JSON.stringify(body) },
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
    }).catch(() => null);
    const text = (await response?.text().catch(() => null)) ?? null;
    const status = response && text !== null ? response.status : 0;
    record.answers.set(status, (record.answers.get(status) ?? 0) + 1);
    const isJson = response?.headers.get('content-type')?.includes('json') ?? false;
    return { status, json: isJson && text ? (JSON.parse(text) as Record<string, unknown>) : {} };
  };
  return async (...request: Parameters<typeof once>): Promise<Answer> => {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      signal.throwIfAborted();
      const answer = await once(...request);
      const mayPass = answer.status === 0 || answer.status === 429 || answer.status >= 500;
      const isOwn = answer.status === 409 && answer.json.code === 'request_in_progress';
      if (!mayPass && !isOwn) return answer;
      if (Date.now() > deadline) throw new Error(`${request[0]} ${request[1]}: ${answer.status} to the end`);
      await sleep(ASK_AGAIN_MS);
    }
  };
}
type Client = ReturnType<typeof patientClient>;

const expectStatus = (answer: Answer, ...statuses: number[]): Answer => {
  if (statuses.includes(answer.status)) return answer;
  throw new Error(`answered ${answer.status}: ${JSON.stringify(answer.json)}`);
};

/** Announces, sends and completes one file, from wherever the last try was broken off. */
async function uploadOne(ask: Client, master: ChaosMaster, signal: AbortSignal): Promise<string> {
  const filename = path.basename(master.file);
  const announcement = {
    ...{ ...PLACE, filename, size_bytes: master.sizeBytes, content_type: 'video/mp4', crc32c: master.crc32c },
  };
  for (;;) {
    const { json } = expectStatus(await ask('POST', '/masters', announcement), 200, 201);
    const { master: known, upload } = json as { master: { id: string; status: string }; upload?: { url: string } };
    if (known.status === 'ready') return known.id;
    await using source = await openUploadFile(master.file);
    try {
      if (upload)
        await uploadResumable({
          url: upload.url,
          file: source,
          transport: nodeTransport,
          chunkBytes: CHUNK_BYTES,
          signal,
        });
    } catch (error) {
      // A session that is gone, or a portal that stayed away for long: it is announced again.
      if (!isUploadError(error)) throw error;
      continue;
    }
    const completed = await ask('POST', `/masters/${known.id}/complete`);
    if (completed.json.code !== 'upload_unfinished') {
      expectStatus(completed, 200);
      return known.id;
    }
  }
}

async function createClips(ask: Client, master: ChaosMaster, masterId: string, record: ChaosRecord): Promise<void> {
  for (const [index, clip_id] of master.clipIds.entries()) {
    const start_timecode_s = index * CLIP_S;
    const clip = {
      ...{ ...PLACE, clip_id, master_id: masterId, start_timecode_s, end_timecode_s: start_timecode_s + CLIP_S },
      ...{ player_id: '9000001', event_type: 'shot' },
    };
    expectStatus(await ask('POST', '/clips', clip, { 'Idempotency-Key': clip_id }), 200, 201);
    record.created.add(clip_id);
  }
}

/** The whole work: every file uploaded, a few clips of each. @throws when a part of it is lost for good. */
export async function doChaosWork(
  ask: Client,
  masters: readonly ChaosMaster[],
  record: ChaosRecord,
  signal: AbortSignal,
): Promise<void> {
  const waiting = [...masters];
  const runner = async () => {
    for (let master = waiting.shift(); master; master = waiting.shift()) {
      const id = await uploadOne(ask, master, signal);
      record.ready.set(master, id);
      await createClips(ask, master, id, record);
    }
  };
  await Promise.all(Array.from({ length: UPLOADS_AT_ONCE }, runner));
}

/** Waits until every clip is ready. @throws when one failed, or when patience ends. */
export async function untilAllReady(ask: Client, total: number, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const { json } = expectStatus(await ask('GET', '/clips/stats/overview'), 200);
    const byStatus = json.by_status as Record<string, number>;
    if (byStatus.ready === total) return;
    if ((byStatus.failed ?? 0) > 0) throw new Error(`${byStatus.failed} clips failed`);
    if (Date.now() > deadline) throw new Error(`not all clips are ready: ${JSON.stringify(byStatus)}`);
    await sleep(ASK_AGAIN_MS, undefined, { signal });
  }
}
