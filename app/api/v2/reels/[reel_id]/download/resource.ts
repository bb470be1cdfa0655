import { signedIn } from '#lib/http/define-resource.ts';
import { downloadReel } from '#lib/reel-exports/download-reel.ts';
import { reelParamsSchema } from '#lib/reels/reel-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'downloadReel',
      tag: 'Reels',
      summary: 'The clips of a reel as one ZIP of MP4s',
      description:
        'Whole clips in the order of the reel, those that the caller may download one by one. Clips without a file are cut ' +
        'first and come last; what the archive lacks is named in its `README.txt` with the reason.',
    },
    auth: 'reels.read',
    params: reelParamsSchema,
    answers: { 200: { media: ['application/zip'] } },
    handle: async ({ deps, user, params }) => {
      const { disposition, stream } = await downloadReel(deps, signedIn(user), params.reel_id);
      const headers = { 'Content-Type': 'application/zip', 'Content-Disposition': disposition };
      return { status: 200, stream, headers };
    },
  }),
});
