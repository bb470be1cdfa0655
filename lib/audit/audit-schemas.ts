import { z } from 'zod';
import { anyOfParam, intParam } from '#lib/http/query-schemas.ts';
import { isoDateSchema, teamCodeSchema, textSchema } from '#lib/word-schemas.ts';

/** Everything that is written down. */
export const AUDIT_ACTIONS = [
  'clip.create',
  'clip.update',
  'clip.delete',
  'clip.restore',
  'clip.retry',
  'clip.play',
  'clip.download',
  'tag.add',
  'tag.remove',
  'tag.replace',
  'master.create',
  'master.ready',
  'master.fail',
  'master.delete',
  'master.restore',
  'master.purge',
  'master.anchor',
  'plays.import',
  'window.create',
  'window.update',
  'window.delete',
  'reel.create',
  'reel.update',
  'reel.items',
  'reel.delete',
  'reel.export',
  'reel.download',
  'note.create',
  'note.update',
  'note.delete',
  'link.create',
  'link.revoke',
  'link.use',
  'link.refuse',
  'club.update',
  'user.create',
  'user.update',
  'user.disable',
  'user.enable',
  'user.invite',
  'user.reset',
  'user.password',
  'key.create',
  'key.revoke',
  'webhook.create',
  'webhook.update',
  'webhook.delete',
  'webhook.test',
  'webhook.replay',
  'session.start',
  'session.refuse',
  'session.end',
  'session.end_all',
  'audit.export',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const AUDIT_TARGETS = [
  'clip',
  'master',
  'user',
  'key',
  'webhook',
  'game',
  'code_window',
  'reel',
  'note',
  'link',
  'club',
  'audit',
] as const;
export type AuditTarget = (typeof AUDIT_TARGETS)[number];

const dayParam = (description: string) =>
  isoDateSchema
    .refine((day) => day >= '1970-01-01', 'Nothing is older than 1970.')
    .optional()
    .meta({ description });

/** What the log can be narrowed by. */
export const auditFilterSchema = z.object({
  actor: textSchema(255).optional().meta({ description: 'A user id, or part of the name of who did it.' }),
  action: anyOfParam(z.enum(AUDIT_ACTIONS)).optional(),
  target_type: z.enum(AUDIT_TARGETS).optional(),
  target: textSchema(254).optional().meta({ description: 'The id of what it was done to.' }),
  team_code: teamCodeSchema.optional(),
  date_from: dayParam('The first day (UTC), inclusive.'),
  date_to: dayParam('The last day (UTC), inclusive.'),
});
export type AuditFilter = z.output<typeof auditFilterSchema>;

const orderedDates = (value: AuditFilter) => !value.date_from || !value.date_to || value.date_from <= value.date_to;
const DATES_FAULT = { path: ['date_to'], message: 'date_to lies before date_from.' };

/** `GET /audit` */
export const listAuditQuerySchema = z
  .strictObject({
    ...auditFilterSchema.shape,
    limit: intParam(1, 500).default(100),
    cursor: z.string().min(1).max(512).optional().meta({ description: '`next_cursor` of the page before.' }),
  })
  .refine(orderedDates, DATES_FAULT);
export type ListAuditQuery = z.output<typeof listAuditQuerySchema>;

/** `GET /audit/export` */
export const exportAuditQuerySchema = z.strictObject(auditFilterSchema.shape).refine(orderedDates, DATES_FAULT);

const factsSchema = z.record(z.string(), z.unknown()).nullable();

export const auditEntrySchema = z
  .object({
    id: z.int(),
    at: z.iso.datetime(),
    actor_user_id: z.uuid().nullable().meta({ description: 'Null for a command of the shell, or a failed sign-in.' }),
    actor_name: z.string().nullable(),
    api_key_id: z.uuid().nullable(),
    action: z.string().meta({ example: 'clip.update' }),
    target_type: z.string(),
    target_id: z.string(),
    team_codes: z.array(z.string()),
    ip: z.string().nullable(),
    request_id: z.string().nullable(),
    before: factsSchema.meta({ description: 'For an edit: the fields that changed, as they were.' }),
    after: factsSchema,
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntryJson = z.output<typeof auditEntrySchema>;

export const auditListSchema = z.object({
  entries: z.array(auditEntrySchema),
  next_cursor: z.string().nullable(),
});
export type AuditListJson = z.output<typeof auditListSchema>;
