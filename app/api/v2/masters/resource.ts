import { signedIn } from '#lib/http/define-resource.ts';
import { replayHeaders } from '#lib/http/idempotency-key.ts';
import { listMasters } from '#lib/masters/list-masters.ts';
import {
  createMasterSchema,
  listMastersQuerySchema,
  masterAnnouncedSchema,
  masterCreatedSchema,
  masterListSchema,
} from '#lib/masters/master-schemas.ts';
import { startUpload } from '#lib/masters/start-upload.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: { id: 'listMasters', tag: 'Masters', summary: 'The masters in reach, newest first' },
    auth: 'masters.read',
    query: listMastersQuerySchema,
    answers: { 200: masterListSchema },
    etag: () => null,
    mayBeKept: true,
    handle: async ({ deps, user, query }) => ({ status: 200, json: await listMasters(deps, signedIn(user), query) }),
  }),
  POST: defineRoute({
    operation: {
      id: 'startUpload',
      tag: 'Masters',
      summary: 'Announces a file and gets the address to send it to',
      description:
        'Send the file to `upload.url` by the GCS resumable protocol, then complete it. ' +
        '200 with the same upload when the same file was announced before and is not complete; its `upload` is null when ' +
        'all bytes are there, and it only has to be completed. 200 with the ready master, and no upload, when the file ' +
        'with this size and `crc32c` is ready, whoever sent it.',
      problems: {
        409:
          'A master of that name is there already; masters are never overwritten. Or the team has as many unfinished ' +
          'uploads as it may (`upload_quota`): complete or delete one.',
        422: 'The name cannot be a master of that game.',
        413: 'The body is too large, or the store has no room for a file of this size, or no team may send one.',
        507:
          'The store is full, or what room it has is promised to unfinished uploads (`space_announced`): complete or ' +
          'delete some.',
      },
    },
    auth: 'masters.write',
    body: createMasterSchema,
    idempotent: true,
    answers: { 201: masterCreatedSchema, 200: masterAnnouncedSchema },
    handle: async ({ deps, user, body, request, idempotency }) => {
      const origin = request.headers.get('origin') ?? undefined;
      const asked = { origin, request: idempotency };
      const started = await startUpload(deps, signedIn(user), body, asked);
      const { master } = started;
      const headers = { Location: `/api/v2/masters/${master.id}`, ...replayHeaders(started.isReplay) };
      return started.created
        ? { status: 201, json: { master, upload: started.upload }, headers }
        : { status: 200, json: { master, upload: started.upload }, headers };
    },
  }),
});
