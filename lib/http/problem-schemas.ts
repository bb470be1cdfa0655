import { z } from 'zod';

/** RFC 9457, with this API's `code`, `request_id` and `errors`. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string(),
    request_id: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.output<typeof problemSchema>;

/** The fault of one item among many, whose others may be sound: a problem without what is the whole request's. */
export const itemProblemSchema = problemSchema.omit({ instance: true, request_id: true }).meta({ id: 'ItemProblem' });
export type ItemProblem = z.output<typeof itemProblemSchema>;
