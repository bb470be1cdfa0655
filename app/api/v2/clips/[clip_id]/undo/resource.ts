import { takeBackClip } from '#lib/clips/change-clip.ts';
import { TAKEN_BACK_MINUTES } from '#lib/clips/clip-field-schemas.ts';
import { clipParamsSchema } from '#lib/clips/clip-schemas.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'undoClip',
      tag: 'Clips',
      summary: 'Takes back a clip that one has just made',
      description: `It goes into the trash. For who made it, within ${TAKEN_BACK_MINUTES} minutes; all else is \`DELETE\`.`,
      problems: { 403: 'The role may not, or somebody else made the clip, or too long ago (`not_taken_back`).' },
    },
    auth: 'clips.write',
    params: clipParamsSchema,
    answers: { 204: null },
    handle: async ({ deps, user, params }) => {
      await takeBackClip(deps, signedIn(user), params.clip_id);
      return { status: 204 };
    },
  }),
});
