import { z } from 'zod';

const partSchema = z.enum(['ok', 'failed']);

export const healthSchema = z
  .object({
    /** `draining`: sound, and being stopped; send nothing new here. */
    status: z.enum(['healthy', 'unhealthy', 'draining']),
    database: partSchema,
    storage: partSchema,
    queue: partSchema,
    clock: partSchema.meta({
      description: '`failed` when this machine is a minute or more off the database or the store.',
    }),
    version: z.string(),
  })
  .meta({ id: 'Health' });
export type HealthJson = z.output<typeof healthSchema>;
