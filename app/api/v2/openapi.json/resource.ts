import { z } from 'zod';
import { apiDocument } from '#app/api/v2/api-document.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

const documentSchema = z
  .looseObject({ openapi: z.string(), info: z.looseObject({}), paths: z.looseObject({}) })
  .meta({ id: 'OpenApiDocument', description: 'This document.' });

let made: z.output<typeof documentSchema> | undefined;

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: { id: 'getOpenApiDocument', tag: 'Service', summary: 'This API as an OpenAPI 3.1 document' },
    auth: 'public',
    answers: { 200: documentSchema },
    handle: async ({ deps }) => {
      // Made once a process: the declarations do not change while it runs.
      made ??= documentSchema.parse(
        apiDocument({ GET }, { secureCookie: new URL(deps.baseUrl).protocol === 'https:' }),
      );
      return { status: 200, json: made };
    },
  }),
});
