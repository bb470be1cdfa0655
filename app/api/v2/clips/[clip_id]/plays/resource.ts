import { clipParamsSchema } from '#lib/clips/clip-schemas.ts';
import { tellPlay } from '#lib/clips/record-play.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'tellPlay',
      tag: 'Playback',
      summary: 'Tells that a clip has begun to play',
      description:
        'Counts once for clip, person and hour. Players that ask for the playlist of a rendition are counted by that.',
    },
    auth: 'clips.read',
    params: clipParamsSchema,
    answers: { 204: null },
    handle: async ({ deps, user, params }) => {
      await tellPlay(deps, signedIn(user), params.clip_id);
      return { status: 204 };
    },
  }),
});
