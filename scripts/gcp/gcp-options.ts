import { z } from 'zod';

/** Ids with a domain before them ("example.com:project") have accounts of another form, and are refused. */
export const projectFlag = z
  .string()
  .regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, 'This is no project id: 6 to 30 lower-case letters, digits or "-".');

export const setupFlags = z.object({
  project: projectFlag,
  location: z.string().regex(/^[A-Za-z0-9-]{2,40}$/, 'This is no location, like northamerica-northeast1 or EU.'),
  operators: z.array(
    z
      .string()
      .regex(/^(user|group):[^\s@,]+@[^\s@,.]+(?:\.[^\s@,.]+)+$/, 'Write user:someone@club.example or group:….'),
  ),
  allowMasterDeletion: z.boolean(),
  lakeRetentionDays: z
    .string()
    .regex(/^\d{1,5}$/, 'This is not a whole number of days.')
    .transform(Number)
    .refine((days) => days <= 36_500, 'Google keeps nothing for more than 100 years.'),
});
