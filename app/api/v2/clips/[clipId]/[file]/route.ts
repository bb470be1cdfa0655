import { getClipText } from '#lib/clips/clip-playlists.ts';
import { clipTextParamsSchema, tokenQuerySchema } from '#lib/clips/clip-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

/** Playlists and the storyboard: public to HTTP, because players send no header; the token in the URL decides. */
export const { GET, POST, PUT, PATCH, DELETE } = defineResource({
  GET: defineRoute({
    auth: 'public',
    params: clipTextParamsSchema,
    query: tokenQuerySchema,
    handle: async ({ deps, params, query }) => {
      const text = await getClipText(deps, params.clipId, params.file, query.token);
      return { status: 200, text: text.body, headers: { 'Content-Type': text.contentType } };
    },
  }),
});
