import { signedIn } from '#lib/http/define-resource.ts';
import { exportReel } from '#lib/reel-exports/export-reel.ts';
import { exportReelSchema, reelExportSchema } from '#lib/reel-exports/export-schemas.ts';
import { reelParamsSchema } from '#lib/reels/reel-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'exportReel',
      tag: 'Reels',
      summary: 'Asks for one MP4 of a whole reel',
      description:
        'A worker makes it; `progress` of the export tells how far it is. Its picture has the size of the item with the most ' +
        'pixels, at most 1080 on its short side, and the rate that most of its time has, at most 60 a second; other pictures ' +
        'are fitted in. Its sound is evened to −23 LUFS (EBU R 128). What is asked for again while it is under way, of the ' +
        'same version of the reel, is not made twice.',
      problems: {
        422: 'The reel shows nothing (`nothing_to_show`), or more than two hours (`reel_too_long`).',
      },
    },
    auth: 'reels.write',
    params: reelParamsSchema,
    body: exportReelSchema,
    answers: { 202: reelExportSchema },
    handle: async ({ deps, user, params, body }) => ({
      status: 202,
      json: await exportReel(deps, signedIn(user), params.reel_id, body),
    }),
  }),
});
