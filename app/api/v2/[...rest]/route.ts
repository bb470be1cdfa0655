import { notFound } from '#lib/errors.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

const nowhere = defineRoute({
  operation: null,
  auth: 'public',
  answers: {},
  handle: () => Promise.reject(notFound('Resource')),
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: nowhere,
  POST: nowhere,
  PUT: nowhere,
  PATCH: nowhere,
  DELETE: nowhere,
  OPTIONS: nowhere,
});
