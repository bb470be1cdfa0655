import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeZip } from 'client-zip';
import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach, withinReach } from '#lib/auth/within-reach.ts';
import { type Clip, fileNameOf } from '#lib/clips/clip.ts';
import { safeName } from '#lib/clips/clip-file-name.ts';
import { selectClipsById } from '#lib/clips/clip-repo.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { recordReel } from '#lib/reels/change-reel.ts';
import { type ItemRow, selectItems } from '#lib/reels/reel-items-repo.ts';
import { selectReel } from '#lib/reels/reel-repo.ts';
import { attachmentDisposition } from '#lib/storage/port/download-name.ts';
import { objectOfUri } from '#lib/storage/port/object-keys.ts';
import { isStoreError } from '#lib/storage/port/object-store.ts';
import { itemFileName } from './film-words.ts';

type Deps = Pick<PortalDeps, 'db' | 'queue' | 'store' | 'buckets'>;

/** How often is looked whether a cut has ended, and how long nothing may come of it before the archive is closed. */
const LOOK_EVERY_MS = 1000;
const PATIENCE_MS = 60_000;

/** What is said of an item that the archive lacks. */
const WHY = {
  gone: 'the reel does not show it any more',
  unreached: 'its clip is shown in this reel, and is not yours to download',
  uncut: 'it is still being cut; download the reel again in a few minutes',
  failed: 'it could not be cut',
  lost: 'its file is not there any more',
} as const;
type Why = keyof typeof WHY;

interface Entry {
  position: number;
  clipId: string;
}

interface Archive {
  entries: Entry[];
  missing: { position: number; why: Why }[];
  count: number;
}

/** Which items have a clip that the caller may download, as any clip that they reach. */
function sortOut(items: readonly ItemRow[], reached: ReadonlySet<string>): Archive {
  const archive: Archive = { entries: [], missing: [], count: items.length };
  items.forEach(({ clip_id: clipId }, index) => {
    const position = index + 1;
    if (clipId === null) archive.missing.push({ position, why: 'gone' });
    else if (reached.has(clipId)) archive.entries.push({ position, clipId });
    else archive.missing.push({ position, why: 'unreached' });
  });
  return archive;
}

const readClips = async (deps: Deps, user: UserContext, entries: readonly Entry[]): Promise<Map<string, Clip>> => {
  const names = [...new Set(entries.map(({ clipId }) => clipId))];
  const clips = await readWithinReach(deps.db, user, (reads) => selectClipsById(reads, user, names));
  return new Map(clips.map((clip) => [clip.clip_id, clip]));
};

/** Opens the file of a clip; `null` where there is none. */
async function openMp4({ store, buckets }: Deps, clip: Clip, signal: AbortSignal): Promise<Readable | null> {
  const mp4s = clip.assets.filter(({ asset_type }) => asset_type === 'mp4');
  const asset = mp4s.find((candidate) => fileNameOf(candidate) === 'clip.mp4') ?? mp4s[0];
  const ref = asset && objectOfUri(buckets, asset.gcs_uri);
  if (!ref) return null;
  const { generation } = asset;
  try {
    const file = await store.read(ref, { signal, ...(generation === null ? {} : { generation }) });
    // Whoever reads it is told; one whose reader has left has nobody to tell.
    return file.on('error', () => undefined);
  } catch (error) {
    if (isStoreError(error) && error.code === 'not_found') return null;
    throw error;
  }
}

/** `null` while there is still hope. */
function whyNot(clip: Clip | undefined): Why | null {
  if (!clip) return 'gone';
  return clip.processing_status === 'failed' ? 'failed' : null;
}

const readmeOf = ({ missing }: Archive): string =>
  [
    'These items of the reel are not in this archive:',
    '',
    ...missing.toSorted((a, b) => a.position - b.position).map(({ position, why }) => `${position}. ${WHY[why]}`),
    '',
  ].join('\r\n');

/**
 * The files of an archive, one after the other, each opened when its turn comes. What has no file yet comes last, as soon as
 * it is cut: for as long as one after the other is.
 */
async function* filesOf(deps: Deps, user: UserContext, archive: Archive, signal: AbortSignal) {
  let left = archive.entries;
  let patienceMs = PATIENCE_MS;
  for (;;) {
    const clips = await readClips(deps, user, left);
    const waiting: Entry[] = [];
    for (const entry of left) {
      const { position, clipId } = entry;
      const clip = clips.get(clipId);
      if (clip?.processing_status === 'ready') {
        const input = await openMp4(deps, clip, signal);
        if (!input) {
          archive.missing.push({ position, why: 'lost' });
          continue;
        }
        patienceMs = PATIENCE_MS;
        try {
          const name = itemFileName(clip, { position, count: archive.count });
          yield { name, input, lastModified: new Date(clip.created_at) };
        } finally {
          input.destroy();
        }
        continue;
      }
      const why = whyNot(clip);
      if (why) archive.missing.push({ position, why });
      else waiting.push(entry);
    }
    left = waiting;
    if (left.length === 0 || patienceMs <= 0) break;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
    patienceMs -= LOOK_EVERY_MS;
  }
  for (const { position } of left) archive.missing.push({ position, why: 'uncut' });
  if (archive.missing.length > 0) yield { name: 'README.txt', input: readmeOf(archive) };
}

/** An archive as it is read: at the pace of its reader, who takes everything with them that was opened when they leave. */
function streamOf(deps: Deps, user: UserContext, archive: Archive): ReadableStream<Uint8Array> {
  const gone = new AbortController();
  const zip = makeZip(filesOf(deps, user, archive, gone.signal)).getReader();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await zip.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel(reason) {
      gone.abort(reason);
      await zip.cancel(reason).catch(() => undefined);
    },
  });
}

/**
 * The clips of a reel as one ZIP of MP4s, whole and in their order. It holds what the caller may download one by one; what it
 * lacks is named in a `README.txt` with the reason. Clips without a file are cut first, before all that nobody waits for.
 * @throws AppError 403, 404 for a reel that is not shown to the caller.
 */
export async function downloadReel(
  deps: Deps,
  user: UserContext,
  reelId: string,
): Promise<{ disposition: string; stream: ReadableStream<Uint8Array> }> {
  authorize(user, 'reels.read');
  authorize(user, 'clips.read');
  const [reel, items] = await readWithinReach(deps.db, user, (reads) =>
    Promise.all([selectReel(reads, user, reelId), selectItems(reads, reelId)]),
  );
  if (!reel) throw notFound('Reel');
  const shown = items.flatMap(({ clip_id }, position) => (clip_id === null ? [] : [{ position, clipId: clip_id }]));
  const clips = await readClips(deps, user, shown);
  const archive = sortOut(items, new Set(clips.keys()));
  const pending = [...clips.values()].filter(({ processing_status }) => processing_status === 'pending');
  await withinReach(deps.db, user, async (tx) => {
    if (pending.length > 0)
      await deps.queue.hastenCuts(
        tx,
        pending.map(({ clip_id }) => clip_id),
      );
    const after = { clips: archive.entries.length };
    await recordReel(tx, user, { id: reelId, team_code: reel.team_code }, 'reel.download', { after });
  });
  const disposition = attachmentDisposition(`${safeName(reel.title) || 'Reel'}.zip`);
  return { disposition, stream: streamOf(deps, user, archive) };
}
