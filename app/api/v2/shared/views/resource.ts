import { defineResource, defineRoute } from '#lib/runtime/web.ts';
import { recordSharedViews } from '#lib/views/record-views.ts';
import { recordedViewsSchema, recordSharedViewsSchema } from '#lib/views/view-schemas.ts';

/** Public: the pass is the whole permission. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'recordSharedViews',
      tag: 'Views',
      summary: 'Tells which parts of clips were watched through a link',
      description: 'As `recordViews`; whoever watched is counted as the link.',
      problems: { 404: 'The link opens nothing (any more).' },
    },
    auth: 'public',
    body: recordSharedViewsSchema,
    answers: { 200: recordedViewsSchema },
    handle: async ({ deps, body }) => ({ status: 200, json: await recordSharedViews(deps, body) }),
  }),
});
