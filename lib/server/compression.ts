import type { IncomingMessage, ServerResponse } from 'node:http';
import { constants } from 'node:zlib';
import compression from 'compression';
import type { Door } from './doors.ts';

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

const isPlaylist = (response: ServerResponse): boolean =>
  String(response.getHeader('content-type')).startsWith('application/vnd.apple.mpegurl');

/**
 * Made for one reader and read once: the last tenth of its length would take three times the work. JSON of a list is
 * a ninth of its size so; most of a playlist is the same signed URL, once a segment.
 */
const QUICK = { level: constants.Z_BEST_SPEED, brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } } };

// It needs nothing of Express, which its types speak of.
const ofApi = compression({
  ...QUICK,
  filter: (request, response) => isPlaylist(response) || compression.filter(request, response),
}) as unknown as Middleware;
const ofPages = compression() as unknown as Middleware;

/**
 * Compresses what is text for whoever takes that (gzip, br); Next leaves it to this. Objects of the disk store keep their
 * length and their ranges.
 */
export function compressAnswer(request: IncomingMessage, response: ServerResponse, door: Door): void {
  if (door !== 'objects') (door === 'api' ? ofApi : ofPages)(request, response, () => {});
}
