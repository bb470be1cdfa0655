import { crestParamsSchema } from '#lib/clubs/club-schemas.ts';
import { getCrest } from '#lib/clubs/manage-clubs.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

/** The name is the content's, so that what was fetched once is right for ever. */
const FOR_EVER = { 'Content-Type': 'image/png', 'Cache-Control': 'public, max-age=31536000, immutable' };

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'getCrest',
      tag: 'Clubs',
      summary: 'A club’s crest',
      description: 'Public: its name is the SHA-256 of the picture, which `crest_url` of a club gives.',
      problems: { 404: 'No club has this crest.' },
    },
    auth: 'public',
    params: crestParamsSchema,
    answers: { 200: { media: ['image/png'] } },
    handle: async ({ deps, params }) => {
      const crest = await getCrest(deps, params.crest);
      return { status: 200, stream: new Blob([crest]).stream(), headers: FOR_EVER };
    },
  }),
});
