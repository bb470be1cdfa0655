import type { Role } from '#lib/auth/user-context.ts';

/** One password for all: these accounts live as long as the test run. */
export const PASSWORD = 'a-long-test-password';

export interface TestAccount {
  name: string;
  email: string;
  role: Role;
  teams: string[];
  playerId: string | null;
}

const ROLE_NAMES: Role[] = ['admin', 'staff', 'coach', 'analyst', 'scout', 'player'];

/** Six roles in each of two clubs; a player has clips of his own in each, and `admin` stands above both. */
export const ACCOUNTS: TestAccount[] = [
  { name: 'Root Admin', email: 'root@test.local', role: 'admin', teams: ['ALL'], playerId: null },
  ...['MTL', 'CHI'].flatMap((team) =>
    ROLE_NAMES.map((role) => ({
      name: `${team} ${role}`,
      email: `${role}.${team.toLowerCase()}@test.local`,
      role,
      teams: [team],
      playerId: role === 'player' ? `${team === 'MTL' ? '90' : '91'}00001` : null,
    })),
  ),
];

/** The account of a role in a club; without a club, the admin of all. */
export function accountOf(role: Role, team?: 'MTL' | 'CHI'): TestAccount {
  const found = ACCOUNTS.find((account) => account.role === role && (team ? account.teams[0] === team : true));
  if (!found) throw new Error(`no account for ${role} of ${team}`);
  return found;
}
