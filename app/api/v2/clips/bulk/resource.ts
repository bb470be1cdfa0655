import { bulkClips } from '#lib/clips/bulk-clips.ts';
import { bulkClipsSchema, bulkResultSchema } from '#lib/clips/bulk-schemas.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { replayHeaders } from '#lib/http/idempotency-key.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'changeClips',
      tag: 'Clips',
      summary: 'Tags, retags, deletes or restores many clips, by their ids or by a filter',
      description:
        'All in one transaction. `dry_run` counts and changes nothing. `delete` and `restore` need the right ' +
        '`clips.delete`; `restore` names clips of the trash.',
    },
    auth: 'clips.write',
    body: bulkClipsSchema,
    idempotent: true,
    answers: { 200: bulkResultSchema },
    handle: async ({ deps, user, body, idempotency }) => {
      const { result, isReplay } = await bulkClips(deps, signedIn(user), body, idempotency);
      return { status: 200, json: result, headers: replayHeaders(isReplay) };
    },
  }),
});
