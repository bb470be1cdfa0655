import { mayDo } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach, withinReach } from '#lib/auth/within-reach.ts';
import type { RenditionIndex, StoryboardIndex } from '#lib/delivery/delivery-index.ts';
import { hasIFrames, iFrameFileOf, iFramePlaylist, iFrameStreamLines } from '#lib/delivery/i-frame-playlist.ts';
import { mediaPlaylist, multivariantPlaylist } from '#lib/delivery/playlist-text.ts';
import { sheetsVtt, storyboardVtt } from '#lib/delivery/storyboard-text.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { type Clip, type ClipAsset, fileNameOf } from './clip.ts';
import { type ClipFilm, selectClipFilm } from './clip-film-repo.ts';
import { selectClip } from './clip-repo.ts';
import { type ClipPlaylists, clipTextParamsSchema } from './clip-schemas.ts';
import { STORYBOARD_FILE } from './clip-serializer.ts';
import { signSheets } from './master-sheets.ts';
import { recordPlay } from './record-play.ts';
import { selectClipSheets } from './sheet-repo.ts';
import { hlsOfSlice, hlsTextsOfSlice, PLAYLIST_FILE, SLICE_FILE, type SlicedFilm, sliceFile } from './slice-texts.ts';

type Deps = Pick<PortalDeps, 'db' | 'buckets' | 'delivery' | 'now'>;
type TextDeps = Pick<Deps, 'buckets' | 'delivery'>;
type Indexed<I> = ClipAsset & { delivery_index: I };

export interface ClipText {
  contentType: 'application/vnd.apple.mpegurl' | 'text/vtt; charset=utf-8';
  body: string;
  /** When the signatures inside end. */
  expiresAt: Date;
}

/** A clip's file, where it has nothing better to be played from: the URL works until it expires. */
export interface ClipFile {
  location: string;
}

const HLS = 'application/vnd.apple.mpegurl';
const RENDITION = /^(?:[0-9]{2,4}|slice-(?:source|[0-9]{2,4}))\.m3u8$/;
const CLIP_TEXT = /^(?:playlist|slice|[0-9]{2,4}(?:-iframes)?|slice-(?:source|[0-9]{2,4}))\.m3u8$|^grid\.vtt$/;
/** A slice's playlists stay a slice's when the clip is cut meanwhile: whoever began with them goes on with them. */
const OF_SLICE = /^slice[.-]/;

/** Whether a clip may have a text of this name at all. */
export const isClipText = (fileName: string): boolean => CLIP_TEXT.test(fileName);

/**
 * Whose minute pays for one of these texts: that of the person in whose name its token was made, apart from what else
 * they ask for. A token that does not hold, or no more, is paid for by the place that it came from.
 */
export function payerOfClipText(
  deps: Pick<PortalDeps, 'delivery' | 'now'>,
  params: unknown,
  token: string | null,
): string | null {
  const parsed = clipTextParamsSchema.safeParse(params);
  return parsed.success ? payerOfPlayback(deps, parsed.data.clip_id, token) : null;
}

/** The same for any film that tokens are made for. */
export function payerOfPlayback(
  deps: Pick<PortalDeps, 'delivery' | 'now'>,
  film: string,
  token: string | null,
): string | null {
  if (!token) return null;
  const verdict = deps.delivery.tokens.verify(token, film, deps.now());
  return verdict.kind === 'valid' ? `playback:${verdict.grant.userId}` : null;
}

const renditionsOf = (clip: Clip): { name: string; asset: Indexed<RenditionIndex> }[] =>
  clip.assets.flatMap((asset) =>
    asset.delivery_index?.kind === 'rendition'
      ? [{ name: fileNameOf(asset).replace(/\.m4s$/, ''), asset: asset as Indexed<RenditionIndex> }]
      : [],
  );

/** What a clip whose slice is gone has left: until its master is prepared again, players that are not bound to HLS play it. */
async function fileInstead(deps: Deps, clip: Clip): Promise<ClipFile> {
  const file = clip.assets.find((asset) => fileNameOf(asset) === 'clip.mp4');
  if (!file || !clip.assets.some(({ index_kind: kind }) => kind === 'slice')) throw notFound('Playlist');
  const { url } = await deps.delivery.signObject(file.gcs_uri, { generation: file.generation });
  return { location: url };
}

async function multivariant(deps: Deps, user: UserContext, clip: Clip): Promise<ClipText | ClipFile> {
  const renditions = renditionsOf(clip).map(({ name, asset }) => ({ name, index: asset.delivery_index }));
  if (renditions.length === 0) return fileInstead(deps, clip);
  const uriOf = (fileName: string) => deps.delivery.signClipFile(user, clip.clip_id, fileName).url;
  const { expiresAt } = deps.delivery.signClipFile(user, clip.clip_id, PLAYLIST_FILE);
  const keyFrames = iFrameStreamLines(renditions, uriOf).map((line) => `${line}\n`);
  return { contentType: HLS, body: [multivariantPlaylist(renditions, uriOf), ...keyFrames].join(''), expiresAt };
}

/** The texts of what was cut, as they lie in the store (contract §3): in them are names of files and no URLs. */
function cutTexts(clip: Clip): ClipPlaylists {
  const renditions = renditionsOf(clip).map(({ name, asset }) => ({ name, index: asset.delivery_index }));
  if (renditions.length === 0) return { playlists: {}, expires_at: null };
  const plain = (fileName: string) => fileName;
  const texts = renditions.map((each) => [`${each.name}.m3u8`, mediaPlaylist(each, plain)]);
  const playlists = { [PLAYLIST_FILE]: multivariantPlaylist(renditions, plain), ...Object.fromEntries(texts) };
  return { playlists, expires_at: null };
}

const slicedFilm = (deps: TextDeps, user: UserContext, { clip, sliced }: ClipFilm): SlicedFilm => ({
  rows: sliced,
  startS: clip.start_timecode_s,
  signText: (name) => deps.delivery.signClipFile(user, clip.clip_id, sliceFile(name)),
});

/**
 * The texts of a clip's HLS tree by their file names: of what was cut, for as long as the clip lasts, else of its slice, with
 * signed URLs. None where there is no index to make them from.
 */
export async function playlistTexts(deps: TextDeps, user: UserContext, film: ClipFilm): Promise<ClipPlaylists> {
  if (film.sliced.length === 0) return cutTexts(film.clip);
  const { texts, expiresAt } = await hlsTextsOfSlice(deps, slicedFilm(deps, user, film));
  return { playlists: texts, expires_at: expiresAt.toISOString() };
}

async function rendition(deps: Deps, clip: Clip, fileName: string): Promise<ClipText> {
  const all = renditionsOf(clip);
  const whole = all.find(({ name }) => fileName === `${name}.m3u8`);
  const keyed = all.find(({ name, asset }) => fileName === iFrameFileOf(name) && hasIFrames(asset.delivery_index));
  const found = whole ?? keyed;
  if (!found) throw notFound('Rendition');
  const { name, asset } = found;
  const { url, expiresAt } = await deps.delivery.signObject(asset.gcs_uri, { generation: asset.generation });
  const text = whole ? mediaPlaylist : iFramePlaylist;
  return { contentType: HLS, body: text({ name, index: asset.delivery_index }, () => url), expiresAt };
}

/**
 * A clip's storyboard: what was cut for it, else what its master's sheets have of it by now, for those who may watch the
 * master. Sheets show more than the clip.
 */
async function storyboard(deps: Deps, user: UserContext, clipId: string): Promise<ClipText> {
  const { clip, image, sheets } = await readWithinReach(deps.db, user, async (reads) => {
    const found = await selectClip(reads, user, clipId, { assets: true, slices: true, tags: false, indexes: true });
    const isReady = found?.processing_status === 'ready';
    const own = isReady ? found.assets.find((asset) => asset.delivery_index?.kind === 'storyboard') : undefined;
    return { clip: found, image: own, sheets: found && !own ? await selectClipSheets(reads, user, found) : [] };
  });
  if (!clip) throw notFound('Clip');
  if (!image && !(clip.slice && mayDo(user, 'masters.watch'))) throw notFound('Storyboard');
  const contentType = 'text/vtt; charset=utf-8' as const;
  if (image) {
    const { url, expiresAt } = await deps.delivery.signObject(image.gcs_uri, { generation: image.generation });
    return { contentType, body: storyboardVtt(image.delivery_index as StoryboardIndex, url), expiresAt };
  }
  const signed = await signSheets(deps, sheets);
  const { expiresAt } = deps.delivery.signClipFile(user, clipId, STORYBOARD_FILE);
  const range = { startS: clip.start_timecode_s, endS: clip.end_timecode_s };
  return { contentType, body: sheetsVtt(signed, range), expiresAt: signed[0]?.expiresAt ?? expiresAt };
}

/**
 * The same texts with signed URLs in those of a cut, too: for who is not given the clip's assets. They are no play, however
 * they are asked for.
 */
export async function signedPlaylistTexts(deps: Deps, user: UserContext, film: ClipFilm): Promise<ClipPlaylists> {
  const { clip } = film;
  const renditions = renditionsOf(clip);
  if (film.sliced.length > 0 || renditions.length === 0) return playlistTexts(deps, user, film);
  const lead = await multivariant(deps, user, clip);
  const texts = await Promise.all(
    renditions.map(async ({ name }) => [`${name}.m3u8`, await rendition(deps, clip, `${name}.m3u8`)] as const),
  );
  if (!('body' in lead)) throw notFound('Playlist');
  const all = [[PLAYLIST_FILE, lead] as const, ...texts];
  const endsAtMs = Math.min(...all.map(([, { expiresAt }]) => expiresAt.getTime()));
  const playlists = Object.fromEntries(all.map(([name, { body }]) => [name, body]));
  return { playlists, expires_at: new Date(endsAtMs).toISOString() };
}

/** A player from outside tells nobody that it plays; it asks for the playlist of a rendition before it does. */
const findFilm = (deps: Deps, user: UserContext, clipId: string, fileName: string): Promise<ClipFilm | null> => {
  const from = { ofMaster: OF_SLICE.test(fileName) };
  if (!RENDITION.test(fileName)) {
    return readWithinReach(deps.db, user, (reads) => selectClipFilm(reads, user, clipId, from));
  }
  return withinReach(deps.db, user, async (tx) => {
    const film = await selectClipFilm(tx, user, clipId, from);
    if (film) await recordPlay(deps, tx, user, film.clip);
    return film;
  });
};

/**
 * The signed playlist, rendition playlist or storyboard of a clip, made from rows with no object read: of what was cut for
 * it where that can be played, else of its slice of the master. Where neither is there, the playlist leads to the file.
 *
 * @param user whom the token in its URL speaks for (`resolvePlaybackCaller`).
 * @param fileName `playlist.m3u8`, `{rendition}.m3u8`, `{rendition}-iframes.m3u8` or `grid.vtt`; of the slice, also when
 *   there is a cut, `slice.m3u8` and `slice-{rendition}.m3u8`.
 * @throws AppError 404 for a clip that is no longer in reach.
 */
export async function getClipText(
  deps: Deps,
  user: UserContext,
  clipId: string,
  fileName: string,
): Promise<ClipText | ClipFile> {
  if (fileName === STORYBOARD_FILE) return storyboard(deps, user, clipId);
  const film = await findFilm(deps, user, clipId, fileName);
  if (!film) throw notFound('Clip');
  const { clip, sliced } = film;
  if (OF_SLICE.test(fileName) || (fileName === PLAYLIST_FILE && sliced.length > 0)) {
    const name = fileName === SLICE_FILE ? PLAYLIST_FILE : fileName.replace(/^slice-/, '');
    return { contentType: HLS, ...(await hlsOfSlice(deps, slicedFilm(deps, user, film), name)) };
  }
  if (fileName === PLAYLIST_FILE) return multivariant(deps, user, clip);
  return rendition(deps, clip, fileName);
}
