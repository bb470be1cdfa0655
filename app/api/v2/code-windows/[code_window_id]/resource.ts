import {
  codeWindowParamsSchema,
  codeWindowSchema,
  patchCodeWindowSchema,
} from '#lib/code-windows/code-window-schemas.ts';
import { deleteCodeWindow, getCodeWindow, patchCodeWindow } from '#lib/code-windows/manage-code-windows.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { readIfMatch } from '#lib/http/etag.ts';
import { IF_MATCH } from '#lib/http/operation.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

const WHO = { 403: 'The role may not, or somebody else shares the window (`not_own`): duplicate it.' };

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: { id: 'getCodeWindow', tag: 'Code windows', summary: 'One code window' },
    auth: 'masters.watch',
    params: codeWindowParamsSchema,
    answers: { 200: codeWindowSchema },
    etag: ({ version }) => version,
    handle: async ({ deps, user, params }) => ({
      status: 200,
      json: await getCodeWindow(deps, signedIn(user), params.code_window_id),
    }),
  }),
  PATCH: defineRoute({
    operation: {
      id: 'updateCodeWindow',
      tag: 'Code windows',
      summary: 'Renames a code window, shares it, or puts other buttons into it',
      description: 'For its owner; of shared ones for admins, too. Buttons are replaced as a whole.',
      ...IF_MATCH,
      problems: { ...IF_MATCH.problems, ...WHO },
    },
    auth: 'clips.write',
    params: codeWindowParamsSchema,
    body: patchCodeWindowSchema,
    answers: { 200: codeWindowSchema },
    etag: ({ version }) => version,
    handle: async ({ deps, user, params, body, request }) => {
      const target = { id: params.code_window_id, ifMatch: readIfMatch(request) };
      return { status: 200, json: await patchCodeWindow(deps, signedIn(user), target, body) };
    },
  }),
  DELETE: defineRoute({
    operation: {
      id: 'deleteCodeWindow',
      tag: 'Code windows',
      summary: 'Deletes a code window for good',
      description: 'For its owner; of shared ones for admins, too.',
      ...IF_MATCH,
      problems: { ...IF_MATCH.problems, ...WHO },
    },
    auth: 'clips.write',
    params: codeWindowParamsSchema,
    answers: { 204: null },
    handle: async ({ deps, user, params, request }) => {
      await deleteCodeWindow(deps, signedIn(user), { id: params.code_window_id, ifMatch: readIfMatch(request) });
      return { status: 204 };
    },
  }),
});
