import { signedIn } from '#lib/http/define-resource.ts';
import { clipPlays } from '#lib/plays/clip-plays.ts';
import { clipPlaysSchema, clippedPlaysSchema } from '#lib/plays/clip-plays-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'clipPlays',
      tag: 'Plays',
      summary: 'Makes clips of up to 1,000 plays',
      description:
        'Each play once: those that are in a clip already are answered with that, whatever the lead and the lag. The ' +
        'clips play at once where their masters are prepared; their files are cut when no other work waits, or as soon as ' +
        'somebody asks for one.',
      problems: { 422: 'There are more plays under the filter than one request may clip (`too_many_plays`).' },
    },
    auth: 'plays.write',
    body: clipPlaysSchema,
    answers: { 200: clippedPlaysSchema },
    handle: async ({ deps, user, body }) => ({ status: 200, json: await clipPlays(deps, signedIn(user), body) }),
  }),
});
