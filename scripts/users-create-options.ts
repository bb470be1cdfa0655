import { ROLES } from '#lib/auth/user-context.ts';
import { type CreateUser, createUserSchema } from '#lib/users/user-schemas.ts';
import { given, parseOptions } from './cli/parse-options.ts';

const FLAGS = {
  email: '--email',
  name: '--name',
  role: '--role',
  team_access: '--team',
  player_id: '--player-id',
  password: '--password-stdin',
};

export const ROLE_LIST = ROLES.join(', ');

/** Everything of an account but its password, which is read or made later. @throws UsageError */
export function parseAccount(options: Record<string, unknown>): Omit<CreateUser, 'password'> {
  const { password: _, ...account } = parseOptions(
    createUserSchema,
    {
      email: options.email,
      name: options.name,
      role: options.role,
      team_access: options.team ?? [],
      ...given({ player_id: options.playerId }),
      password: 'read or made later',
    },
    FLAGS,
  );
  return account;
}

/** Everything on standard input; the line's end is not part of the password. @throws UsageError */
export function parsePassword(text: string): string {
  return parseOptions(createUserSchema.shape.password, text.replace(/\r?\n$/, ''), { '': FLAGS.password });
}
