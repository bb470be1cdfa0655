import { signedIn } from '#lib/http/define-resource.ts';
import { getExport } from '#lib/reel-exports/export-reel.ts';
import { exportParamsSchema, reelExportSchema } from '#lib/reel-exports/export-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'getReelExport',
      tag: 'Reels',
      summary: 'One export of a reel, with a signed URL of its MP4 once that is made',
    },
    auth: 'reels.write',
    params: exportParamsSchema,
    answers: { 200: reelExportSchema },
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await getExport(deps, signedIn(user), { reelId: params.reel_id, exportId: params.export_id }),
    }),
  }),
});
