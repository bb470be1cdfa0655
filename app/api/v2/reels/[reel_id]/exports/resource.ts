import { signedIn } from '#lib/http/define-resource.ts';
import { listExports } from '#lib/reel-exports/export-reel.ts';
import { reelExportListSchema } from '#lib/reel-exports/export-schemas.ts';
import { reelParamsSchema } from '#lib/reels/reel-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'listReelExports',
      tag: 'Reels',
      summary: 'What was exported of a reel, the newest first',
      description: 'For those who may change the reel. They are kept for 30 days.',
    },
    auth: 'reels.write',
    params: reelParamsSchema,
    answers: { 200: reelExportListSchema },
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await listExports(deps, signedIn(user), params.reel_id),
    }),
  }),
});
