import { checkHealth } from '#lib/health/check-health.ts';
import { healthSchema } from '#lib/health/health-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: { id: 'getHealth', tag: 'Service', summary: 'Whether database, store and queue answer' },
    auth: 'public',
    isUnlimited: true,
    answers: { 200: healthSchema, 503: healthSchema },
    handle: async ({ deps }) => {
      const health = await checkHealth(deps);
      return { status: health.status === 'healthy' ? 200 : 503, json: health };
    },
  }),
});
