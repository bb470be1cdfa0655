import { tokenQuerySchema } from '#lib/clips/clip-schemas.ts';
import { notFound } from '#lib/errors.ts';
import { masterTextParamsSchema } from '#lib/masters/master-schemas.ts';
import { getMasterText, isMasterText, masterAsFilm, payerOfMasterText } from '#lib/masters/watch-master.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';
import { resolvePlaybackCaller } from '#lib/users/resolve-playback.ts';

/** Public to HTTP, as the playlists of clips are: the token in the URL decides. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'getMasterText',
      tag: 'Playback',
      summary: 'A playlist of a whole master, as far as it is prepared',
      description: 'Any HLS player plays the URL that `GET /masters/{master_id}/playback` tells, until it expires.',
      problems: { 401: 'The token is missing.', 403: 'The token has expired, is revoked or is another video’s.' },
    },
    auth: 'public',
    isOpenToPages: true,
    payer: ({ deps, url, params }) => payerOfMasterText(deps, params, url.searchParams.get('token')),
    params: masterTextParamsSchema,
    query: tokenQuerySchema,
    answers: { 200: { media: ['application/vnd.apple.mpegurl'] } },
    handle: async ({ deps, params, query }) => {
      if (!isMasterText(params.file)) throw notFound('Resource');
      const user = await resolvePlaybackCaller(deps, masterAsFilm(params.master_id), query.token);
      const text = await getMasterText(deps, user, params.master_id, params.file);
      return { status: 200, text, headers: { 'Content-Type': 'application/vnd.apple.mpegurl' } };
    },
  }),
});
