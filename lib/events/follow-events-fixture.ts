import { randomUUID } from 'node:crypto';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { StreamedEventJson } from './event-schemas.ts';
import { openEventStream } from './open-event-stream.ts';
import { settledEvents } from './settled-events-fixture.ts';

/** A stream of somebody, who hears nothing of what was before; how to wait until it has told so many events of a kind. */
export async function followEvents(deps: Parameters<typeof openEventStream>[0], user: UserContext) {
  await settledEvents(deps.db, user);
  const leaving = new AbortController();
  const shown = { credential: randomUUID(), reauthenticate: async () => user, signal: leaving.signal };
  const reader = (await openEventStream(deps, user, shown)).getReader();
  const decoder = new TextDecoder();
  let text = '';
  const more = async () => {
    const { value, done } = await reader.read();
    if (done) throw new Error('The stream has ended.');
    text += decoder.decode(value, { stream: true });
  };
  const told = async (count: number, isMeant: (event: StreamedEventJson) => boolean): Promise<StreamedEventJson[]> => {
    for (;;) {
      const events = [...text.matchAll(/data: (\{.*\})/g)]
        .map(([, data = '']) => JSON.parse(data) as StreamedEventJson)
        .filter(isMeant);
      if (events.length >= count) return events;
      await more();
    }
  };
  while (!text.includes('event: place')) await more();
  return { told, leave: () => leaving.abort() };
}
