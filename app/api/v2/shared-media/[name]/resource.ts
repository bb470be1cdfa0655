import { readSealed } from '#lib/links/link-media.ts';
import { sealedParamsSchema } from '#lib/links/shared-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

const BYTES = { media: ['video/mp4', 'video/iso.segment', 'image/jpeg', 'application/octet-stream'] };

/** Public: the sealed name is the whole permission, as a signed URL is. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'getSharedMedia',
      tag: 'Links',
      summary: 'Bytes of what a link without names shows',
      description: 'The object’s key would say whose it is. It ends with the link.',
      problems: { 404: 'The link does not show it (any more).', 416: 'There are no such bytes.' },
    },
    auth: 'public',
    // A clip is many of these, and each name was given out for one link: guessing finds none.
    isUnlimited: true,
    isOpenToPages: true,
    params: sealedParamsSchema,
    answers: { 200: BYTES, 206: BYTES },
    handle: async ({ deps, params, request }) => {
      const { isPart, ...bytes } = await readSealed(deps, params.name, request);
      return isPart ? { status: 206, ...bytes } : { status: 200, ...bytes };
    },
  }),
});
