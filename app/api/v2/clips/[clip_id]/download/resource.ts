import { clipParamsSchema, clipSchema } from '#lib/clips/clip-schemas.ts';
import { askForFiles, downloadClip } from '#lib/clips/download-clip.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'downloadClip',
      tag: 'Playback',
      summary: 'The MP4 of a clip, to be kept',
      description: 'Leads to a signed URL whose answer carries a readable file name (`Content-Disposition`, RFC 6266).',
      problems: { 422: 'The video of this clip lies outside the two buckets.' },
    },
    auth: 'clips.read',
    params: clipParamsSchema,
    answers: { 302: { location: 'A signed URL of the file; it works without any header until it expires.' } },
    handle: async ({ deps, user, params }) => {
      const { url } = await downloadClip(deps, signedIn(user), params.clip_id);
      return { status: 302, location: url };
    },
  }),
  POST: defineRoute({
    operation: {
      id: 'askForDownload',
      tag: 'Playback',
      summary: 'Asks for the MP4 of a clip whose files come later',
      description:
        'A clip that waits to be cut goes before all that nobody waits for. Its `processing_status`, or the event ' +
        '`clip.ready`, says when the download is there.',
    },
    auth: 'clips.read',
    params: clipParamsSchema,
    answers: { 202: clipSchema },
    etag: (clip) => clip.version,
    handle: async ({ deps, user, params }) => ({
      status: 202,
      json: await askForFiles(deps, signedIn(user), params.clip_id),
    }),
  }),
});
