import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordAudit } from '#lib/audit/record-audit.ts';
import type { RoleRule } from '#lib/auth/role-rules.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { findUserByIdentity, type Identity, linkIdentity, touchIdentity } from '#lib/users/identity-repo.ts';
import { userContextOf } from '#lib/users/user-context-of.ts';
import { userEntry, userFacts } from '#lib/users/user-entry.ts';
import { findUserByEmail, insertUserUnlessTaken, type User } from '#lib/users/user-repo.ts';
import { emailSchema, teamAccessSchema } from '#lib/users/user-schemas.ts';
import { recordRefusedSignIn } from './record-sign-in.ts';
import type { ProviderRefusal } from './sign-in-fault.ts';

export interface ProviderPolicy {
  /** Domains whose addresses may sign in by a provider; none named: all, as far as they have an account or a rule. */
  allowedDomains: readonly string[];
  /** The claim whose values the rules name. */
  roleClaim: string;
  rules: readonly RoleRule[];
}

/** Claims of OpenID Connect Core 1.0 §5.1. Some providers write `email_verified` as text. */
const claimsSchema = z.looseObject({
  iss: z.string().min(1).max(255),
  sub: z.string().min(1).max(255),
  email: emailSchema,
  email_verified: z.union([z.literal(true), z.literal('true')]),
  name: z.string().optional().catch(undefined),
});
type Claims = z.output<typeof claimsSchema>;
type Deps = Pick<PortalDeps, 'db' | 'logger' | 'now'>;

export type ProviderSignIn = { user: User } | { refusal: ProviderRefusal };

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1);

/** The first rule that names a value of the claim, or the address's domain. */
function ruleFor({ roleClaim, rules }: ProviderPolicy, claims: Claims): RoleRule | undefined {
  const held = [claims[roleClaim]].flat().filter((value) => typeof value === 'string');
  return rules.find(({ match }) =>
    'domain' in match ? match.domain === domainOf(claims.email) : held.includes(match.claim),
  );
}

const plainName = (claims: Claims): string =>
  (claims.name ?? '')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .slice(0, 255) || claims.email;

/** A new account by the first rule that fits; it has no password. `null`: no rule, or somebody else was faster. */
async function provision(deps: Deps, policy: ProviderPolicy, claims: Claims): Promise<User | null> {
  const rule = ruleFor(policy, claims);
  if (!rule) return null;
  const account = {
    id: randomUUID(),
    email: claims.email,
    name: plainName(claims),
    passwordHash: null,
    role: rule.role,
    teamAccess: teamAccessSchema.parse(rule.teams),
    playerId: null,
  };
  const user = await deps.db.$transaction(async (tx) => {
    const made = await insertUserUnlessTaken(tx, account);
    const entry = made && userEntry('user.create', made, { after: { ...userFacts(made), by: 'provider' } });
    if (entry) await recordAudit(tx, null, entry);
    return made;
  });
  if (user) deps.logger.info({ user_id: user.id, role: rule.role }, 'account made by a provider sign-in');
  return user ?? findUserByEmail(deps.db, claims.email);
}

/** The account of an identity: the one that it was linked to, else the one with its address, else a new one. */
async function accountOf(deps: Deps, policy: ProviderPolicy, claims: Claims): Promise<ProviderSignIn> {
  const identity: Identity = { provider: claims.iss, subject: claims.sub };
  const linked = await findUserByIdentity(deps.db, identity);
  if (linked) return { user: linked };
  const user = (await findUserByEmail(deps.db, claims.email)) ?? (await provision(deps, policy, claims));
  if (!user) return { refusal: 'NoAccount' };
  if (!userContextOf(user) || (await linkIdentity(deps.db, user.id, identity))) return { user };
  // Two first sign-ins at once link the same; else the address belongs to another person at the provider by now.
  return (await findUserByIdentity(deps.db, identity))?.id === user.id ? { user } : { refusal: 'OtherIdentity' };
}

/**
 * Whom an OpenID Connect provider's claims let in. Default deny: the address has to be verified, of an allowed domain,
 * and has to have an account or a rule that makes one. From the first time on the provider's subject counts, so that an
 * address may change. The role is an admin's to change later.
 *
 * @param raw the claims of a checked ID token, with those of the userinfo endpoint.
 */
export async function signInByProvider(deps: Deps, policy: ProviderPolicy, raw: unknown): Promise<ProviderSignIn> {
  const parsed = claimsSchema.safeParse(raw);
  const outcome = parsed.success ? await judge(deps, policy, parsed.data) : { refusal: 'EmailNotVerified' as const };
  if ('refusal' in outcome) {
    deps.logger.info({ reason: outcome.refusal }, 'sign-in by provider refused');
    const email = parsed.success ? parsed.data.email : '';
    await recordRefusedSignIn(deps, { email, reason: outcome.refusal, user: null });
  }
  return outcome;
}

async function judge(deps: Deps, policy: ProviderPolicy, claims: Claims): Promise<ProviderSignIn> {
  const { allowedDomains } = policy;
  if (allowedDomains.length > 0 && !allowedDomains.includes(domainOf(claims.email))) {
    return { refusal: 'DomainNotAllowed' };
  }
  const outcome = await accountOf(deps, policy, claims);
  if (!('user' in outcome)) return outcome;
  if (!userContextOf(outcome.user)) return { refusal: 'AccountDisabled' };
  await touchIdentity(deps.db, { provider: claims.iss, subject: claims.sub }, deps.now());
  return outcome;
}
