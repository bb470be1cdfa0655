import { until } from './conditions.ts';
import { readPortalState } from './portal-state.ts';

interface StreamedEvent {
  type: string;
  clip_id?: string;
  progress?: number;
}

/** A stream of events as an outside program reads it. */
export interface EventReader {
  response: Response;
  /** What has come so far. */
  events: StreamedEvent[];
  lastId: () => string;
  /** Resolves when the server ends the stream. */
  ended: Promise<void>;
  heard(type: string, clipId: string): Promise<void>;
  close(): void;
}

/** Opens a stream and waits for its first id: from there on nothing is missed. */
export async function followEvents(
  key: string,
  { lastEventId, url = readPortalState().url }: { lastEventId?: string; url?: string } = {},
): Promise<EventReader> {
  const leaving = new AbortController();
  const response = await fetch(`${url}/api/v2/events`, {
    headers: { Authorization: `Bearer ${key}`, ...(lastEventId ? { 'Last-Event-ID': lastEventId } : {}) },
    signal: leaving.signal,
  });
  if (!response.body) throw new Error(`no stream: ${response.status}`);
  const events: StreamedEvent[] = [];
  let lastId = '';
  let text = '';
  const read = async (body: ReadableStream<Uint8Array>) => {
    for await (const part of body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)) {
      text += part;
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) {
        if (line.startsWith('id: ')) lastId = line.slice(4);
        if (line.startsWith('data: ')) events.push(JSON.parse(line.slice(6)) as StreamedEvent);
      }
    }
  };
  const ended = read(response.body).catch((error: unknown) => {
    if (!leaving.signal.aborted) throw error;
  });
  await until(() => lastId !== '', { what: 'the first id' });
  const heard = async (type: string, clipId: string) => {
    const has = () => events.some((event) => event.type === type && event.clip_id === clipId);
    await until(has, { what: `${type} of ${clipId}` });
  };
  return { response, events, lastId: () => lastId, ended, heard, close: () => leaving.abort() };
}
