import { EVENT_TYPES, type StreamedEventJson } from '#lib/events/event-schemas.ts';

const TYPES = [...EVENT_TYPES, 'reset'] as const;

/** The browser tries again by itself when a line breaks, but not when it was refused one. */
const REFUSED_RETRY_MS = 15_000;
const EVENTS = '/api/v2/events';

interface EventFeedOptions {
  /** Tabs of one person share a stream; another person's never do. */
  userId: string;
  onEvent(event: StreamedEventJson): void;
  /** Whether events come at the moment. */
  onLine(isOpen: boolean): void;
  /** The session is over: there will be no more events. */
  onEnd(): void;
}

type FeedMessage =
  | { kind: 'event'; event: StreamedEventJson; lastId: string }
  | { kind: 'place'; lastId: string }
  | { kind: 'line'; isOpen: boolean }
  | { kind: 'end' }
  | { kind: 'ask' };

/** With which status a stream is refused; `EventSource` does not tell. 0: no answer. */
async function statusOfEvents(): Promise<number> {
  const asking = new AbortController();
  const answered = await fetch(EVENTS, { signal: asking.signal, cache: 'no-store' }).catch(() => null);
  // Where it is not refused any more this is a stream of its own, which nobody reads.
  asking.abort();
  return answered?.status ?? 0;
}

/** One stream of the server's, reopened from where it was until it is closed. */
function openStream(lastId: string, hear: (message: FeedMessage) => void): () => void {
  let source: EventSource;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  // A right that is missing comes back with another page at the earliest; everything else may pass.
  const goOn = (status: number) => {
    if (isClosed) return;
    if (status === 401) hear({ kind: 'end' });
    else if (status !== 403) retry = setTimeout(start, REFUSED_RETRY_MS);
  };
  const start = () => {
    source = new EventSource(`${EVENTS}${lastId ? `?${new URLSearchParams({ last_event_id: lastId })}` : ''}`);
    source.onopen = () => hear({ kind: 'line', isOpen: true });
    source.onerror = () => {
      hear({ kind: 'line', isOpen: false });
      if (source.readyState === EventSource.CLOSED) void statusOfEvents().then(goOn);
    };
    source.addEventListener('place', ({ lastEventId }) => {
      lastId = lastEventId;
      hear({ kind: 'place', lastId });
    });
    for (const type of TYPES) {
      source.addEventListener(type, ({ data, lastEventId }) => {
        lastId = lastEventId;
        hear({ kind: 'event', event: JSON.parse(data) as StreamedEventJson, lastId });
      });
    }
  };
  start();
  return () => {
    isClosed = true;
    clearTimeout(retry);
    source.close();
  };
}

/**
 * What happens in the caller's reach. One tab of all holds the stream and passes on what it hears, because HTTP/1.1
 * gives a browser six connections a host; when that tab goes, another takes over where it was.
 */
export function openEventFeed({ userId, onEvent, onLine, onEnd }: EventFeedOptions): () => void {
  const name = `heartbeat-events-${userId}`;
  const channel = new BroadcastChannel(name);
  const closing = new AbortController();
  let lastId = '';
  let isLeading = false;
  let isOpen = false;

  const receive = (message: FeedMessage) => {
    if (closing.signal.aborted) return;
    if (message.kind === 'event') {
      lastId = message.lastId;
      onEvent(message.event);
    } else if (message.kind === 'place') {
      lastId = message.lastId;
    } else if (message.kind === 'line') {
      isOpen = message.isOpen;
      onLine(isOpen);
    } else if (message.kind === 'end') {
      onEnd();
    } else if (isLeading) channel.postMessage({ kind: 'line', isOpen } satisfies FeedMessage);
  };
  channel.onmessage = ({ data }: MessageEvent<FeedMessage>) => receive(data);

  const lead = () =>
    new Promise<void>((resolve) => {
      isLeading = true;
      const close = openStream(lastId, (message) => {
        receive(message);
        if (!closing.signal.aborted) channel.postMessage(message);
      });
      const end = () => {
        close();
        resolve();
      };
      if (closing.signal.aborted) end();
      else closing.signal.addEventListener('abort', end, { once: true });
    });

  // Locks exist on https and localhost only; elsewhere each tab has a stream of its own.
  const { locks } = navigator as { locks?: LockManager };
  const leading = locks ? locks.request(name, { signal: closing.signal }, lead) : lead();
  void leading.catch((error: unknown) => {
    if (!closing.signal.aborted) throw error;
  });
  channel.postMessage({ kind: 'ask' } satisfies FeedMessage);
  return () => {
    closing.abort();
    channel.close();
  };
}
