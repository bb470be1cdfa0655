import { clipParamsSchema, clipPlaylistsSchema } from '#lib/clips/clip-schemas.ts';
import { getPlaylists } from '#lib/clips/get-clip.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'getPlaylists',
      tag: 'Playback',
      summary: 'The texts of a clip’s playlists, all at once',
      description:
        'For a player that takes texts and has the clip’s assets, so that it need not ask for one playlist after the ' +
        'other. Asking is no play: tell one when it begins. Any other player plays the URL of `hls_playlist`.',
    },
    auth: 'clips.read',
    params: clipParamsSchema,
    answers: { 200: clipPlaylistsSchema },
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await getPlaylists(deps, signedIn(user), params.clip_id),
    }),
  }),
});
