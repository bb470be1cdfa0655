import { z } from 'zod';
import { KEY_SCOPES, ROLES, type Role } from '#lib/auth/user-context.ts';
import { playerIdSchema, teamCodeSchema } from '#lib/word-schemas.ts';

/** Access to every team, present and future. */
export const ALL_TEAMS = 'ALL';

const plainName = (max: number) =>
  z
    .string()
    .trim()
    .normalize('NFC')
    .min(1, 'A name is not empty.')
    .max(max, `A name has at most ${max} characters.`)
    .refine((value) => !/[\p{Cc}\p{Cf}]/u.test(value), 'Control characters are not allowed.');

const MAX_EMAIL = 254;
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email('This is no e-mail address.').max(MAX_EMAIL))
  .meta({ override: { format: 'email', maxLength: MAX_EMAIL } });

const allTeamsSchema = z
  .string()
  .toUpperCase()
  .pipe(z.literal(ALL_TEAMS))
  .meta({ override: { const: ALL_TEAMS } });

/** Team codes, or `ALL`, which swallows the others. Sorted, without repeats. */
export const teamAccessSchema = z
  .array(z.union([teamCodeSchema, allTeamsSchema]))
  .min(1, 'Name at least one team, or ALL: an account without a team sees nothing.')
  .max(50)
  .transform((teams) => (teams.includes(ALL_TEAMS) ? [ALL_TEAMS] : [...new Set(teams)].sort()));

export const passwordSchema = z
  .string()
  .min(12, 'A password has 12 to 256 characters.')
  .max(256, 'A password has 12 to 256 characters.')
  .refine((password) => !password.includes('\0'), 'NUL is in no text.');

/** What every account has. */
export const accountShape = {
  email: emailSchema,
  name: plainName(255),
  role: z.enum(ROLES, `A role is one of ${ROLES.join(', ')}.`),
  team_access: teamAccessSchema,
  player_id: playerIdSchema.optional(),
};

/** A player needs the player id whose clips are theirs; nobody else has one. */
export const playerRules = <S extends z.ZodType<{ role: Role; player_id?: string | undefined }>>(schema: S): S =>
  schema
    .refine((user) => user.role !== 'player' || user.player_id !== undefined, {
      path: ['player_id'],
      message: 'A player needs a player id: it decides whose clips they see.',
    })
    .refine((user) => user.role === 'player' || user.player_id === undefined, {
      path: ['player_id'],
      message: 'Only the role player has a player id.',
    });

/** A new account with its password. */
export const createUserSchema = playerRules(z.strictObject({ ...accountShape, password: passwordSchema }));
export type CreateUser = z.output<typeof createUserSchema>;

export const keyNameSchema = plainName(100);

/** A new API key of an account. It may do what the account may do, for as long as it lives. */
export const createApiKeySchema = z.strictObject({
  email: emailSchema,
  name: keyNameSchema,
  scope: z.enum(KEY_SCOPES, `A scope is one of ${KEY_SCOPES.join(', ')}.`).default('write'),
  expires_in_days: z.int('A number of whole days.').min(1).max(3650).optional(),
});
export type CreateApiKey = z.input<typeof createApiKeySchema>;
