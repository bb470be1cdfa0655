import type { IncomingMessage, ServerResponse } from 'node:http';
import compression from 'compression';

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

const PLAYLIST = /^\/api\/v2\/.+\.m3u8\/?$/;
const isPlaylist = (_request: unknown, response: Pick<ServerResponse, 'getHeader'>): boolean =>
  String(response.getHeader('content-type')).startsWith('application/vnd.apple.mpegurl');

// It needs nothing of Express, which its types speak of.
const compress = compression({ filter: isPlaylist }) as unknown as Middleware;

/**
 * Compresses a playlist of the API for whoever takes that (gzip, br): most of it is the same signed URL, once a segment.
 * Next compresses what it knows to be text, and a playlist is not among it. Objects keep their length and their ranges.
 */
export function compressPlaylist(request: IncomingMessage, response: ServerResponse, pathname: string): void {
  if (PLAYLIST.test(pathname)) compress(request, response, () => {});
}
