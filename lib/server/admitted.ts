import onHeaders from 'on-headers';
import { placeOf } from '#lib/auth/client-address.ts';
import { type Admission, createAdmission } from './admission.ts';
import type { NodeHandler } from './passing.ts';

/**
 * Requests that are worked on at once, and that may wait, each in a lane of its own. Together they are as many as the
 * connections to the database: more would wait there, where nobody takes turns. Views share theirs.
 */
const LANES = {
  /** Whatever is not said to be another. */
  work: { atOnce: 6, waiting: 512 },
  /** What a player that plays already asks for, and the files that pages are made of: short, and late at once. */
  express: { atOnce: 3, waiting: 256 },
  /** What was watched, told every few seconds by everybody who watches: what comes together is looked up and written together. */
  views: { atOnce: 64, waiting: 2048 },
  /** Whoever balances load. */
  health: { atOnce: 1, waiting: 32 },
} as const;
type Lane = keyof typeof LANES;

const HEALTH = /^\/api\/v2\/clips\/health\/?$/;
const VIEWS = /^\/api\/v2\/views\/?$/;
const EXPRESS = /^\/_next\/|^\/api\/v2\/.+(?:\.m3u8|\.vtt|\/playlists)\/?$/;

/** The lane of a request by its path, without its query. */
export function laneOf(pathname: string, method = 'GET'): Lane {
  if (method === 'POST' && VIEWS.test(pathname)) return 'views';
  if (HEALTH.test(pathname)) return 'health';
  return EXPRESS.test(pathname) ? 'express' : 'work';
}

/**
 * Puts a bound on the requests that handlers work on at once, all of them together. Each takes part in the count until its
 * answer begins: a stream of events, or a client who reads slowly, keeps nobody waiting.
 * @throws AppError 503 `too_busy`, from the handler.
 */
export function createTurns(): (handle: NodeHandler) => NodeHandler {
  const lanes = Object.fromEntries(
    Object.entries(LANES).map(([name, bounds]) => [name, createAdmission(bounds)]),
  ) as Record<Lane, Admission>;

  return (handle) => async (request, response) => {
    const { headers, method, url = '' } = request;
    const who = {
      place: placeOf(String(headers['x-forwarded-for'] ?? '')),
      caller: headers.authorization ?? headers.cookie ?? '',
    };
    const gone = new AbortController();
    let leave: (() => void) | null = null;
    if (response.closed) gone.abort();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
      leave?.();
    });
    leave = await lanes[laneOf(url.split('?', 1)[0] ?? '', method)].enter(who, gone.signal);
    if (!leave) return;
    onHeaders(response, leave);
    await handle(request, response);
  };
}
