import { eventStreamQuerySchema, streamedEventSchema } from '#lib/events/event-schemas.ts';
import { openEventStream } from '#lib/events/open-event-stream.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'streamEvents',
      tag: 'Events',
      summary: 'What happens to clips and masters in reach, as Server-Sent Events',
      description:
        'A stream that stays open. Each message has the type as its `event`, JSON of this schema as its `data`, and ' +
        'an `id` that can be resumed from for 23 hours: nothing in between is lost. When an id is too old, or was ' +
        'not issued here, the stream begins with `reset`: fetch anew what you show. A `place` comes first and ' +
        'every 15 s: nothing happened, and its id is a place to come back to. The stream ends within seconds when the key, the session or the account does.',
      headers: { 'Last-Event-ID': 'The id of the last message that was read; the stream goes on after it.' },
      problems: { 429: 'Ten streams of this person are open already, of their keys and sessions together.' },
    },
    auth: 'clips.read',
    query: eventStreamQuerySchema,
    answers: { 200: { events: streamedEventSchema } },
    handle: async ({ deps, user, query, request, credential, reauthenticate }) => {
      const lastEventId = request.headers.get('last-event-id') ?? query.last_event_id;
      const streamRequest = { lastEventId, credential, reauthenticate, signal: request.signal };
      return { status: 200, stream: await openEventStream(deps, signedIn(user), streamRequest) };
    },
  }),
});
