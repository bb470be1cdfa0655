import { z } from 'zod';

/** Roles that a sign-in may give by itself. A player's needs a player id, so an admin makes those accounts. */
const GIVEN_ROLES = ['admin', 'staff', 'coach', 'analyst', 'scout'] as const;

/** What somebody becomes who signs in for the first time: by a value of the role claim, or by the address's domain. */
export interface RoleRule {
  match: { claim: string } | { domain: string };
  role: (typeof GIVEN_ROLES)[number];
  teams: string[];
}

const RULE = /^(?<who>[^=\s]+)=(?<role>[a-z]+):(?<teams>[A-Za-z]{2,4}(\+[A-Za-z]{2,4})*)$/;
const DOMAIN = /^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$/;

function toRule(text: string): RoleRule | null {
  const { who = '', role: word = '', teams = '' } = RULE.exec(text)?.groups ?? {};
  const role = GIVEN_ROLES.find((known) => known === word);
  const domain = who.startsWith('@') ? who.slice(1).toLowerCase() : null;
  if (!role || (domain !== null && !DOMAIN.test(domain))) return null;
  return { match: domain === null ? { claim: who } : { domain }, role, teams: teams.toUpperCase().split('+') };
}

const listOf = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

/** `club.example, nhl.example`: lower-case. */
export const domainList = z
  .string()
  .default('')
  .transform((text) => listOf(text.toLowerCase()))
  .refine(
    (domains) => domains.every((domain) => DOMAIN.test(domain)),
    'is a list of domains, like club.example,nhl.example',
  );

/** `video-admins=admin:ALL, scouts=scout:MTL+CHI, @club.example=staff:MTL`; the first rule that fits counts. */
export const roleRules = z
  .string()
  .default('')
  .transform((text, context): RoleRule[] => {
    const rules = listOf(text).map(toRule);
    if (rules.every((rule) => rule !== null)) return rules;
    const message = `is a list of rules like coaches=coach:MTL+CHI or @club.example=staff:ALL, with a role of ${GIVEN_ROLES.join(', ')}`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
