import {
  codeWindowListSchema,
  codeWindowSchema,
  createCodeWindowSchema,
  listCodeWindowsQuerySchema,
} from '#lib/code-windows/code-window-schemas.ts';
import { createCodeWindow, listCodeWindows } from '#lib/code-windows/manage-code-windows.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { replayHeaders } from '#lib/http/idempotency-key.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'listCodeWindows',
      tag: 'Code windows',
      summary: 'One’s own code windows, then those that are shared with one’s teams',
    },
    auth: 'masters.watch',
    query: listCodeWindowsQuerySchema,
    answers: { 200: codeWindowListSchema },
    handle: async ({ deps, user, query }) => ({
      status: 200,
      json: { code_windows: await listCodeWindows(deps, signedIn(user), query) },
    }),
  }),
  POST: defineRoute({
    operation: {
      id: 'createCodeWindow',
      tag: 'Code windows',
      summary: 'Makes a code window: buttons that each mark a clip of a certain event, with its lead and lag',
      description:
        'It is the caller’s own, and the team’s to see when it is shared. 200 with the window as it is now, and ' +
        '`Idempotency-Replayed: true`, when the same request came before with the same Idempotency-Key.',
      problems: { 409: 'The caller has as many windows as there can be.' },
    },
    auth: 'clips.write',
    body: createCodeWindowSchema,
    idempotent: true,
    answers: { 201: codeWindowSchema, 200: codeWindowSchema },
    etag: ({ version }) => version,
    handle: async ({ deps, user, body, idempotency }) => {
      const { window, isReplay } = await createCodeWindow(deps, signedIn(user), body, idempotency);
      const headers = { Location: `/api/v2/code-windows/${window.id}`, ...replayHeaders(isReplay) };
      return { status: isReplay ? 200 : 201, json: window, headers };
    },
  }),
});
