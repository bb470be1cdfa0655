import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { CallerWatch, ShownCaller } from './caller-watch.ts';
import { eventJson, hasAudience, isAfter, mayHear, type PortalEvent, type Position } from './event.ts';
import type { EventHub } from './event-hub.ts';
import type { EventIds } from './event-id.ts';
import { EventInbox } from './event-inbox.ts';
import { readEvents, readNews } from './event-repo.ts';

/** The part of `lib/deps.ts` that a stream runs on; that record names this room's types, so this room does not name it. */
interface Deps {
  db: Parameters<typeof readEvents>[0];
  callers: CallerWatch;
  events: EventHub;
  eventIds: EventIds;
}

/** A proxy closes what is silent; and the id that goes with it keeps a quiet listener's place from growing old. */
const HEARTBEAT_MS = 15_000;
const RETRY_MS = 2_000;
/** Those whose streams end together come back at different moments within so long. */
const RETRY_SPREAD_MS = 2_000;
const PAGE = 200;

export interface StreamRequest extends ShownCaller {
  /** Where the caller left off. */
  lastEventId?: string | undefined;
  /** Aborted when the caller is gone: whoever leaves before the answer begins never cancels its body. */
  signal?: AbortSignal;
  /** Shorter for tests. */
  heartbeatMs?: number;
}

const reachOf = ({ role, teamAccess, playerId }: UserContext) => JSON.stringify([role, teamAccess, playerId]);

/** One listener: what they are sent, as lines of `text/event-stream` (WHATWG HTML, 9.2). */
class EventReader {
  readonly #deps: Deps;
  readonly #request: StreamRequest;
  readonly #inbox: EventInbox;
  #user: UserContext;
  #sent: Position = { xact: 0n, id: 0n };

  constructor(deps: Deps, user: UserContext, request: StreamRequest, inbox: EventInbox) {
    this.#deps = deps;
    this.#user = user;
    this.#request = request;
    this.#inbox = inbox;
  }

  /** What they may hear is what they may hear now. @param user as they were when last looked after. */
  become(user: UserContext): void {
    const hasMoved = reachOf(user) !== reachOf(this.#user);
    this.#user = user;
    if (hasMoved) this.#inbox.lose();
  }

  hear(event: PortalEvent): void {
    if (mayHear(this.#user, event)) this.#inbox.put(event);
  }

  #idLine(position: Position): string {
    return `id: ${this.#deps.eventIds.seal(position)}\n`;
  }

  #message(event: PortalEvent): string {
    this.#sent = { xact: event.xact, id: event.id };
    return `event: ${event.type}\ndata: ${JSON.stringify(eventJson(event))}\n${this.#idLine(this.#sent)}\n`;
  }

  /**
   * A place in the stream. Browsers keep an id that comes alone; other clients keep one only with data, and would come
   * back without a place when the line is cut before the first event.
   */
  #place(position: Position): string {
    return `event: place\ndata: {"type":"place"}\n${this.#idLine(position)}\n`;
  }

  #reset(position: Position): string {
    return `event: reset\ndata: {"type":"reset"}\n${this.#idLine(position)}\n`;
  }

  /** What happened since the caller left, read under their own reach. */
  async *#missed(after: Position, upTo: Position): AsyncGenerator<string> {
    for (let place = after; ; ) {
      const { events } = await readEvents(this.#deps.db, this.#user, place, PAGE);
      for (const event of events) {
        if (isAfter(event, upTo)) return;
        if (mayHear(this.#user, event)) yield this.#message(event);
      }
      const last = events.at(-1);
      if (!last || events.length < PAGE) return;
      place = { xact: last.xact, id: last.id };
    }
  }

  async *#begin(from: Position): AsyncGenerator<string> {
    const { lastEventId } = this.#request;
    const resumed = lastEventId ? this.#deps.eventIds.open(lastEventId) : undefined;
    yield `retry: ${RETRY_MS}\n`;
    // An id from beyond the end is of another database, before it was restored say.
    if (resumed === null || (resumed && isAfter(resumed, from))) {
      yield this.#reset(from);
    } else if (resumed) {
      yield this.#place(resumed);
      yield* this.#missed(resumed, from);
    } else yield this.#place(from);
    if (isAfter(from, this.#sent)) this.#sent = from;
  }

  /** Events of what has an audience as what they are to the caller; others as they are. */
  async #judged(events: readonly PortalEvent[]): Promise<PortalEvent[]> {
    const ids = events.filter(hasAudience).map(({ id }) => id);
    if (ids.length === 0) return [...events];
    const news = await readNews(this.#deps.db, this.#user, ids);
    return events.flatMap((event) => {
      if (!hasAudience(event)) return event;
      const type = news.get(event.id);
      return type ? { ...event, type } : [];
    });
  }

  async #news(): Promise<string> {
    const { events: taken, hasLost } = this.#inbox.take();
    const events = await this.#judged(taken);
    // What comes after a loss may be numbered anew.
    if (hasLost) this.#sent = { xact: 0n, id: 0n };
    const heard = events.filter((event) => isAfter(event, this.#sent) && mayHear(this.#user, event));
    return `${hasLost ? this.#reset(this.#deps.events.position()) : ''}${heard.map((event) => this.#message(event)).join('')}`;
  }

  async *lines(from: Position): AsyncGenerator<string> {
    yield* this.#begin(from);
    const { heartbeatMs = HEARTBEAT_MS } = this.#request;
    let beatAt = Date.now() + heartbeatMs;
    while (!this.#inbox.hasEnded) {
      await this.#inbox.wait(beatAt - Date.now());
      if (this.#inbox.hasEnded) break;
      const news = await this.#news();
      if (news) yield news;
      // The hub fills the inbox and moves its place at once: when the inbox is empty, all before the place was sent.
      if (Date.now() >= beatAt && this.#inbox.isEmpty) {
        yield this.#place(this.#deps.events.position());
        beatAt = Date.now() + heartbeatMs;
      }
    }
    yield `retry: ${RETRY_MS + Math.round(Math.random() * RETRY_SPREAD_MS)}\n\n`;
  }
}

/** Bytes that are made when they are asked for; leaving ends the subscription. */
function toBytes(lines: AsyncGenerator<string>, leave: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done } = await lines.next();
        if (!done) return controller.enqueue(encoder.encode(value));
        leave();
        controller.close();
      } catch (error) {
        leave();
        controller.error(error);
      }
    },
    cancel: leave,
  });
}

/**
 * The changes in the caller's reach as they happen, as a stream of Server-Sent Events: first those since
 * `lastEventId`, then what comes. It ends when the caller is nobody any more, lags too far behind, or the process ends.
 *
 * @throws AppError 403; 429 `too_many_streams`.
 */
export async function openEventStream(
  deps: Deps,
  user: UserContext,
  request: StreamRequest,
): Promise<ReadableStream<Uint8Array>> {
  authorize(user, 'clips.read');
  const inbox = new EventInbox();
  const reader = new EventReader(deps, user, request, inbox);
  const subscription = await deps.events.subscribe(user.userId, {
    hear: (event) => reader.hear(event),
    lose: () => inbox.lose(),
    end: () => inbox.end(),
  });
  const unfollow = deps.callers.follow(request, (now) => (now ? reader.become(now) : leave()));
  const leave = () => {
    unfollow();
    subscription.cancel();
    inbox.end();
  };
  if (request.signal?.aborted) leave();
  else request.signal?.addEventListener('abort', leave, { once: true });
  return toBytes(reader.lines(subscription.from), leave);
}
