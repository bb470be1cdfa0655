import type { QueryClient } from '@tanstack/react-query';
import { apiFetch } from '#app/_client/api-fetch.ts';
import { fetchClip, playlistsOptions } from '#app/_client/clip-queries.ts';
import { queryKeys } from '#app/_client/query-keys.ts';
import { pickAssets } from '#app/(portal)/_clips/clip-assets.ts';
import type { ClipJson, PlaylistTexts } from '#lib/clips/clip-schemas.ts';
import { startStream } from './clip-stream.ts';
import type { FilmElement } from './film-element.ts';
import type { FilmPart } from './film-part.ts';
import type { ClipStream, StreamEvents, StreamSource } from './stream-parts.ts';
import { faultOfError, type SignedPlaylist } from './url-renewal.ts';

/** What is played of a clip, where it is a slice of its master. */
const sliceOf = ({ playback }: ClipJson): FilmPart | null =>
  playback?.kind === 'slice' ? { beginsS: playback.offset_s, lastsS: playback.duration_s } : null;

/** Whoever began with a slice goes on with it, also when the clip is cut meanwhile: the token is good for both. */
function slicePlaylistOf({ playback }: ClipJson): SignedPlaylist | null {
  if (!playback) return null;
  const { search } = new URL(playback.url);
  const { href } = new URL(`slice.m3u8${search}`, playback.url);
  return { url: href, media: [], expiresAtMs: Date.parse(playback.expires_at) };
}

function cutPlaylistOf(clip: ClipJson): SignedPlaylist | null {
  const { playlist } = pickAssets(clip);
  const media = clip.assets
    .filter(({ asset_type }) => asset_type === 'hls_segment')
    .map(({ signed_url }) => signed_url);
  return playlist && { url: playlist.signed_url, media, expiresAtMs: Date.parse(playlist.expires_at) };
}

/** What is left of a clip whose slice is gone, until its master is prepared again. */
const fileOfClip = ({ playback }: ClipJson): SignedPlaylist | null =>
  playback?.exact_url ? { url: playback.exact_url, media: [], expiresAtMs: Date.parse(playback.expires_at) } : null;

/** The way to what a clip is played from, and which part of it is the clip: of a file, whose sound may be longer, too. */
function wayTo(clip: ClipJson): { isFile: boolean; part: FilmPart | null; playlistOf: PlaylistOf } {
  const part = sliceOf(clip);
  if (part) return { isFile: false, part, playlistOf: slicePlaylistOf };
  if (cutPlaylistOf(clip)) return { isFile: false, part, playlistOf: cutPlaylistOf };
  return { isFile: true, part: { beginsS: 0, lastsS: clip.duration_s }, playlistOf: fileOfClip };
}

type PlaylistOf = (clip: ClipJson) => SignedPlaylist | null;

async function fetchPlaylist(queryClient: QueryClient, clipId: string, playlistOf: PlaylistOf) {
  // The page may have been told already that the clip is gone for it: nobody asks twice.
  const known = queryClient.getQueryState<ClipJson>(queryKeys.clip(clipId))?.error;
  if (known && faultOfError(known) !== 'network') throw known;
  const fresh = await fetchClip(clipId);
  const playlist = playlistOf(fresh);
  if (!playlist) throw new Error('The clip has no playlist any more.');
  queryClient.setQueryData(queryKeys.clip(clipId), fresh);
  return playlist;
}

/** Without them playing begins all the same, after one question more. */
const fetchTexts = (queryClient: QueryClient, clipId: string): Promise<PlaylistTexts | null> =>
  queryClient.fetchQuery(playlistsOptions(clipId)).then(
    ({ playlists }) => playlists,
    () => null,
  );

/** What a clip is played from; `null` where it cannot be. */
function sourceOf(queryClient: QueryClient, { clip, playlists, startS, isAhead }: ClipStart): StreamSource | null {
  const { isFile, part, playlistOf } = wayTo(clip);
  const playlist = playlistOf(clip);
  const texts = () => (isFile ? null : (playlists ?? fetchTexts(queryClient, clip.clip_id)));
  return (
    playlist && {
      ...{ playlist, isFile, part, startS, isAhead, holds: 'all' as const },
      fetchTexts: async () => texts(),
      fetchPlaylist: () => fetchPlaylist(queryClient, clip.clip_id, playlistOf),
    }
  );
}

/** Tells the server once that the clip plays; when no answer comes, whenever it plays again. Answers how to stop. */
function tellWhenPlaying(video: FilmElement, clipId: string): () => void {
  let isWanted = true;
  const stop = () => video.removeEventListener('playing', onPlaying);
  const onPlaying = () => {
    stop();
    apiFetch(`/clips/${encodeURIComponent(clipId)}/plays`, { method: 'POST' }).catch((error: unknown) => {
      // Who is refused is not counted, and need not ask again.
      if (isWanted && faultOfError(error) === 'network') video.addEventListener('playing', onPlaying);
    });
  };
  video.addEventListener('playing', onPlaying);
  return () => {
    isWanted = false;
    stop();
  };
}

interface ClipStart {
  clip: ClipJson;
  /** The texts of its playlists, as far as they came with the page. */
  playlists: PlaylistTexts | null;
  startS: number;
  isAhead: boolean;
}

/** Starts a clip in an element, and lets the server know when it plays; `null` where it has nothing to play. */
export function startClip(
  queryClient: QueryClient,
  video: FilmElement,
  start: ClipStart,
  events: StreamEvents,
): ClipStream | null {
  const source = sourceOf(queryClient, start);
  let stopTelling = () => {};
  const onFault: StreamEvents['onFault'] = (fault) => {
    // Who is refused sees what is there already, and is not counted.
    if (fault === 'access' || fault === 'signed_out') stopTelling();
    events.onFault(fault);
  };
  const stream = source && startStream(video, source, { ...events, onFault });
  if (!stream?.isUntold) return stream;
  stopTelling = tellWhenPlaying(video, start.clip.clip_id);
  const stop = () => {
    stopTelling();
    stream.stop();
  };
  return { ...stream, stop };
}
