import { z } from 'zod';

/** Numbers of 64 bits are text in Google's JSON. */
const int64 = z.coerce.number().int();

const corsRuleSchema = z.object({
  origin: z.array(z.string()).default([]),
  method: z.array(z.string()).default([]),
  responseHeader: z.array(z.string()).default([]),
  maxAgeSeconds: z.number().optional(),
});

const lifecycleRuleSchema = z.object({
  action: z.object({ type: z.string() }),
  condition: z.looseObject({
    age: z.number().optional(),
    matchesPrefix: z.array(z.string()).optional(),
    isLive: z.boolean().optional(),
    daysSinceNoncurrentTime: z.number().optional(),
  }),
});

/**
 * The resource "Buckets" of the JSON API, as far as this project has an opinion on it. `gcloud storage buckets describe
 * --raw --format=json` prints the same. What Google leaves out has its default here.
 */
export const bucketResourceSchema = z.object({
  name: z.string(),
  iamConfiguration: z
    .object({
      uniformBucketLevelAccess: z.object({ enabled: z.boolean().default(false) }).prefault({}),
      publicAccessPrevention: z.string().default('inherited'),
    })
    .prefault({}),
  cors: z.array(corsRuleSchema).default([]),
  lifecycle: z.object({ rule: z.array(lifecycleRuleSchema).default([]) }).prefault({}),
  softDeletePolicy: z.object({ retentionDurationSeconds: int64.default(0) }).prefault({}),
  retentionPolicy: z.object({ retentionPeriod: int64, isLocked: z.boolean().default(false) }).optional(),
  versioning: z.object({ enabled: z.boolean().default(false) }).prefault({}),
});

export type BucketResource = z.output<typeof bucketResourceSchema>;
export type BucketCorsRule = z.output<typeof corsRuleSchema>;
export type LifecycleRule = z.output<typeof lifecycleRuleSchema>;
