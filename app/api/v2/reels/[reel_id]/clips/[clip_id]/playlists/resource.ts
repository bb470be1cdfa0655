import { clipPlaylistsSchema } from '#lib/clips/clip-schemas.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { getShownPlaylists } from '#lib/reels/open-reel.ts';
import { reelClipParamsSchema } from '#lib/reels/reel-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'getReelPlaylists',
      tag: 'Reels',
      summary: 'The texts of the playlists of a clip that a reel shows, all at once',
      description:
        'As `GET /clips/{clip_id}/playlists`; what those of a cut name are signed URLs here. Asking is no play.',
    },
    auth: 'reels.read',
    params: reelClipParamsSchema,
    answers: { 200: clipPlaylistsSchema },
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await getShownPlaylists(deps, signedIn(user), params),
    }),
  }),
});
