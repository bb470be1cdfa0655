import { isClipText, payerOfClipText } from '#lib/clips/clip-playlists.ts';
import { clipTextParamsSchema, tokenQuerySchema } from '#lib/clips/clip-schemas.ts';
import { notFound } from '#lib/errors.ts';
import { getShownText } from '#lib/reels/reel-playback.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';
import { resolvePlaybackCaller } from '#lib/users/resolve-playback.ts';

/** Playlists and the storyboard: public to HTTP, because players send no header; the token in the URL decides. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'getClipText',
      tag: 'Playback',
      summary: 'A playlist of the signed HLS tree, or the storyboard',
      description:
        'Any HLS player plays the URL that `hls_playlist` carries, with nothing else, until it expires. ' +
        'The token in it names the clip and the caller, and the reel that showed it to them: it ends with that.',
      problems: { 401: 'The token is missing.', 403: 'The token has expired, is revoked or is another clip’s.' },
    },
    auth: 'public',
    isOpenToPages: true,
    payer: ({ deps, url, params }) => payerOfClipText(deps, params, url.searchParams.get('token')),
    params: clipTextParamsSchema,
    query: tokenQuerySchema,
    answers: {
      200: { media: ['application/vnd.apple.mpegurl', 'text/vtt'] },
      302: { location: 'A signed URL of the clip’s file, while there are no segments to make a playlist of.' },
    },
    handle: async ({ deps, params, query }) => {
      if (!isClipText(params.file)) throw notFound('Resource');
      const user = await resolvePlaybackCaller(deps, params.clip_id, query.token);
      const text = await getShownText(deps, user, params.clip_id, params.file);
      if ('location' in text) return { status: 302, location: text.location };
      return { status: 200, text: text.body, headers: { 'Content-Type': text.contentType } };
    },
  }),
});
