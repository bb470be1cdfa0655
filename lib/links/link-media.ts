import { Readable } from 'node:stream';
import { recordAudit } from '#lib/audit/record-audit.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import { fileNameOf } from '#lib/clips/clip.ts';
import { clipFileName } from '#lib/clips/clip-file-name.ts';
import { selectClipFilm } from '#lib/clips/clip-film-repo.ts';
import {
  type ClipFile,
  type ClipText,
  getClipText,
  isClipText,
  signedPlaylistTexts,
} from '#lib/clips/clip-playlists.ts';
import type { ClipPlaylists } from '#lib/clips/clip-schemas.ts';
import { tellPlay } from '#lib/clips/record-play.ts';
import { filmOfItem } from '#lib/delivery/playback-token.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { AppError, notFound } from '#lib/errors.ts';
import { judgeRange } from '#lib/storage/port/byte-range.ts';
import { parseGsUri } from '#lib/storage/port/object-keys.ts';
import { isStoreError, type ObjectRef, type ObjectStat } from '#lib/storage/port/object-store.ts';
import { nothingThere, readShown, type ShownReel } from './link-reader.ts';
import { type LiveLink, selectLiveLink } from './link-repo.ts';
import { sharedItemParamsSchema } from './shared-schemas.ts';

type Deps = Pick<PortalDeps, 'db' | 'buckets' | 'delivery' | 'now' | 'store'>;

/** Whose minute pays for a link's playlists: that of the item, whoever looks at it. `null` where the token is no good. */
export function payerOfLink(
  deps: Pick<Deps, 'delivery' | 'now'>,
  params: unknown,
  token: string | null,
): string | null {
  const { data } = sharedItemParamsSchema.safeParse(params);
  const linkId = data && token ? linkOfToken(deps, data.item_id, token) : null;
  return data && linkId ? `link:${linkId}:${data.item_id}` : null;
}

function linkOfToken(deps: Pick<Deps, 'delivery' | 'now'>, itemId: string, token: string): string | null {
  return deps.delivery.tokens.linkOf(token, filmOfItem(itemId), deps.now());
}

interface ItemOfLink extends Pick<ShownReel, 'reader' | 'items'> {
  link: LiveLink;
}

/** The item that a link's token is for, if the link shows it still. @throws AppError 404. */
async function readItem(deps: Deps, itemId: string, token: string): Promise<ItemOfLink & { place: number }> {
  const id = linkOfToken(deps, itemId, token);
  const link = id === null ? null : await selectLiveLink(deps.db, { id }, deps.now());
  if (!link) throw nothingThere();
  const { reader, items } = await readShown(deps, link);
  const place = items.findIndex(({ item }) => item.id === itemId);
  const found = items[place];
  if (!found) throw nothingThere();
  return { link, reader, items: [found], place };
}

/** The URLs of one item, as the link may tell them. */
const deliveryOf = (deps: Deps, link: LiveLink, itemId: string) =>
  deps.delivery.ofLink({ linkId: link.id, itemId, isNamed: link.has_names });

/**
 * A playlist of what a link shows: asked of the link again each time.
 * @throws AppError 404 for what it does not show (any more).
 */
export async function getLinkText(
  deps: Deps,
  params: { item_id: string; file: string },
  token: string,
): Promise<ClipText | ClipFile> {
  if (!isClipText(params.file) || !params.file.endsWith('.m3u8')) throw notFound('Resource');
  const { link, reader, items } = await readItem(deps, params.item_id, token);
  const clipId = items[0]?.clip.clip_id ?? '';
  return getClipText({ ...deps, delivery: deliveryOf(deps, link, params.item_id) }, reader, clipId, params.file);
}

/**
 * The texts of an item's playlists, with signed URLs in them: a player that has them asks for none, and it is no play.
 * @throws AppError 404 for what the link does not show (any more), or cannot be played (yet).
 */
export async function getLinkPlaylists(deps: Deps, itemId: string, token: string): Promise<ClipPlaylists> {
  const { link, reader, items } = await readItem(deps, itemId, token);
  const clipId = items[0]?.clip.clip_id ?? '';
  const film = await readWithinReach(deps.db, reader, (reads) =>
    selectClipFilm(reads, reader, clipId, { ofMaster: false }),
  );
  if (!film) throw notFound('Playlist');
  return signedPlaylistTexts({ ...deps, delivery: deliveryOf(deps, link, itemId) }, reader, film);
}

/** Counts a play of an item, as the link's. @throws AppError 404 for what it does not show (any more). */
export async function tellLinkPlay(deps: Deps, itemId: string, token: string): Promise<void> {
  const { reader, items } = await readItem(deps, itemId, token);
  await tellPlay(deps, reader, items[0]?.clip.clip_id ?? '');
}

/**
 * Where the file of one clip is fetched to be kept, if the link allows it.
 * @throws AppError 404 also where it does not, or where there is no file.
 */
export async function downloadByLink(deps: Deps, itemId: string, token: string): Promise<{ url: string }> {
  const { link, reader, items, place } = await readItem(deps, itemId, token);
  const [shown] = items;
  const asset = shown?.clip.assets.find((candidate) => fileNameOf(candidate) === 'clip.mp4');
  if (!shown || !asset || !link.may_download) throw notFound('Download');
  const downloadName = link.has_names ? clipFileName(shown.clip) : `clip-${String(place + 1).padStart(2, '0')}.mp4`;
  const { gcs_uri: gcsUri, generation } = asset;
  const signed = await deliveryOf(deps, link, itemId).signObject(gcsUri, { generation, downloadName });
  await recordAudit(deps.db, reader, {
    ...{ action: 'clip.download', target: { type: 'clip', id: shown.clip.clip_id }, teams: [link.team_code] },
  });
  return signed;
}

/** Bytes of an object whose key nobody is told. */
export interface SealedBytes {
  isPart: boolean;
  headers: Record<string, string>;
  stream: ReadableStream<Uint8Array>;
}

const statOf = async (deps: Deps, ref: ObjectRef, generation: string | null): Promise<ObjectStat> => {
  const stat = await deps.store.stat(ref);
  if (!stat || (generation !== null && stat.generation !== generation)) throw nothingThere();
  return stat;
};

/**
 * An object, or a part of it, that a link without names leads to; not beyond the link's own life.
 * @throws AppError 404, 416 `bad_range`.
 */
export async function readSealed(deps: Deps, name: string, request: Request): Promise<SealedBytes> {
  const sealed = deps.delivery.objects.open(name, deps.now());
  const link = sealed && (await selectLiveLink(deps.db, { id: sealed.linkId }, deps.now()));
  if (!sealed || !link) throw nothingThere();
  const { signal } = request;
  const ref = parseGsUri(deps.buckets, sealed.gcsUri);
  const stat = await statOf(deps, ref, sealed.generation);
  const { generation, sizeBytes } = stat;
  const verdict = judgeRange(request.headers.get('range'), sizeBytes);
  if (verdict.kind === 'unsatisfiable') {
    const headers = { 'Content-Range': `bytes */${sizeBytes}` };
    throw new AppError({ status: 416, code: 'bad_range', detail: `It has ${sizeBytes} bytes.`, headers });
  }
  const part = verdict.kind === 'part' ? { first: verdict.first, last: verdict.last } : null;
  const secondsLeft = Math.max(0, Math.floor((sealed.expiresAt.getTime() - deps.now().getTime()) / 1000));
  const bytes = part ? part.last - part.first + 1 : sizeBytes;
  const headers = {
    ...{ 'Content-Type': stat.contentType, 'Content-Length': String(bytes), 'Accept-Ranges': 'bytes' },
    'Cache-Control': `private, max-age=${Math.min(secondsLeft, 3600)}, immutable, no-transform`,
    ...(part ? { 'Content-Range': `bytes ${part.first}-${part.last}/${sizeBytes}` } : {}),
    ...(sealed.downloadName ? { 'Content-Disposition': `attachment; filename="${sealed.downloadName}"` } : {}),
  };
  const body = await deps.store
    .read(ref, { generation, signal, ...(part ? { range: part } : {}) })
    .catch((error: unknown) => {
      throw isStoreError(error) && error.code === 'not_found' ? nothingThere() : error;
    });
  const stream = Readable.toWeb(body) as ReadableStream<Uint8Array>;
  return { isPart: part !== null, headers, stream };
}
