import { notFound } from '#lib/errors.ts';
import type { WebHandler } from '#lib/http/node-http-bridge.ts';
import { serveResources } from '#lib/http/resource-server.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';
import * as openApi from './openapi.json/resource.ts';
import { resources } from './resources.ts';

const nowhere = defineRoute({
  operation: null,
  auth: 'public',
  answers: {},
  handle: () => Promise.reject(notFound('Resource')),
});

/** Answers every request below `/api/v2` (docs/adr/0074). */
export const serveApi: WebHandler = serveResources(
  '/api/v2',
  { ...resources, '/openapi.json': openApi },
  defineResource({ GET: nowhere, POST: nowhere, PUT: nowhere, PATCH: nowhere, DELETE: nowhere, OPTIONS: nowhere }),
);
