import { z } from 'zod';
import { KEY_SCOPES, ROLES } from '#lib/auth/user-context.ts';
import { AT_LEAST_ONE_FIELD, requiredWith } from '#lib/http/document-schemas.ts';
import { intParam } from '#lib/http/query-schemas.ts';
import { playerIdSchema, teamCodeSchema, textSchema } from '#lib/word-schemas.ts';
import { accountShape, keyNameSchema, playerRules, teamAccessSchema } from './user-schemas.ts';

export const roleSchema = z.enum(ROLES, `A role is one of ${ROLES.join(', ')}.`);

export const userParamsSchema = z.object({ user_id: z.uuid('This is no user id.') });
export const keyParamsSchema = z.object({ key_id: z.uuid('This is no key id.') });

/** `GET /users` */
export const listUsersQuerySchema = z.strictObject({
  q: textSchema(200).optional().meta({ description: 'Part of the name or the address.' }),
  role: roleSchema.optional(),
  team_code: teamCodeSchema.optional().meta({ description: 'Who has access to this team; not who has ALL.' }),
  status: z.enum(['active', 'disabled']).optional(),
  limit: intParam(1, 500).default(100),
  offset: intParam(0, 10_000).default(0),
});
export type ListUsersQuery = z.output<typeof listUsersQuerySchema>;

/** `POST /users`: an account without a password; its person sets one by an invitation. */
export const newUserSchema = playerRules(z.strictObject(accountShape)).meta({
  ...requiredWith(
    'player_id',
    'role',
    'player',
    ROLES.filter((role) => role !== 'player'),
  ),
  id: 'UserCreate',
  examples: [{ email: 'coach@club.example', name: 'Video coach', role: 'coach', team_access: ['MTL'] }],
});
export type NewUser = z.output<typeof newUserSchema>;

/** `PATCH /users/{user_id}`: fields left out stay. */
export const patchUserSchema = z
  .strictObject({
    name: accountShape.name,
    role: roleSchema,
    team_access: teamAccessSchema,
    player_id: playerIdSchema.nullable(),
    disabled: z.boolean(),
  })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'Name at least one field to change.')
  .meta({ ...AT_LEAST_ONE_FIELD, id: 'UserPatch', examples: [{ role: 'analyst', team_access: ['MTL', 'LAV'] }] });
export type PatchUser = z.output<typeof patchUserSchema>;

export const userSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    role: z.string(),
    team_access: z.array(z.string()),
    player_id: z.string().nullable(),
    has_password: z.boolean().meta({ description: 'False until the person has followed an invitation.' }),
    disabled_at: z.iso.datetime().nullable(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    can_manage: z
      .boolean()
      .meta({ description: 'Whether the caller may change the account: all its teams are theirs.' }),
  })
  .meta({ id: 'User' });
export type UserJson = z.output<typeof userSchema>;

export const userListSchema = z.object({
  users: z.array(userSchema),
  total: z.int(),
  limit: z.int(),
  offset: z.int(),
});
export type UserListJson = z.output<typeof userListSchema>;

export const userLinkSchema = z
  .object({
    url: z.url().meta({ description: 'To be handed to the person. This is the one time that it is told.' }),
    purpose: z.enum(['invite', 'reset']),
    expires_at: z.iso.datetime(),
  })
  .meta({ id: 'UserLink' });
export type UserLinkJson = z.output<typeof userLinkSchema>;

/** `GET /keys` */
export const listKeysQuerySchema = z.strictObject({
  user_id: z.uuid('This is no user id.').optional(),
  status: z.enum(['active', 'ended']).optional().meta({ description: '`ended`: revoked or expired.' }),
  limit: intParam(1, 500).default(100),
  offset: intParam(0, 10_000).default(0),
});
export type ListKeysQuery = z.output<typeof listKeysQuerySchema>;

/** `POST /keys` */
export const newKeySchema = z
  .strictObject({
    name: keyNameSchema,
    scope: z.enum(KEY_SCOPES, `A scope is one of ${KEY_SCOPES.join(', ')}.`).default('read'),
    expires_in_days: z.int('A number of whole days.').min(1).max(3650).optional(),
    user_id: z.uuid('This is no user id.').optional().meta({ description: 'Whose key it is; one’s own unless told.' }),
  })
  .meta({ id: 'ApiKeyCreate', examples: [{ name: 'Shot chart notebook', scope: 'read', expires_in_days: 365 }] });
export type NewKey = z.output<typeof newKeySchema>;

export const keySchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    hint: z.string().meta({ description: 'How the key begins, to tell keys apart.' }),
    scope: z.enum(KEY_SCOPES),
    user: z.object({ id: z.uuid(), name: z.string(), email: z.string() }),
    created_at: z.iso.datetime(),
    expires_at: z.iso.datetime().nullable(),
    last_used_at: z.iso.datetime().nullable(),
    revoked_at: z.iso.datetime().nullable(),
    can_revoke: z.boolean(),
  })
  .meta({ id: 'ApiKey' });
export type KeyJson = z.output<typeof keySchema>;

export const keyListSchema = z.object({ keys: z.array(keySchema), total: z.int(), limit: z.int(), offset: z.int() });
export type KeyListJson = z.output<typeof keyListSchema>;

export const createdKeySchema = keySchema
  .extend({ key: z.string().meta({ description: 'The key itself. This is the one time that it is told.' }) })
  .meta({ id: 'CreatedApiKey' });
export type CreatedKeyJson = z.output<typeof createdKeySchema>;
