import { createHash } from 'node:crypto';
import type { PortalDeps } from '#lib/deps.ts';
import type { LiveLink } from './link-repo.ts';

/** How long whoever opened a link goes on without its secret, or its password. */
const STAY_MS = 12 * 3_600_000;

/** A link, with the secret that it was opened by. */
interface OpenedLink {
  link: LiveLink;
  secret: string;
}

/** What a stay is for: this secret with this password, which is told by neither of them. */
function filmOfStay({ link, secret }: OpenedLink): string {
  const proof = createHash('sha256')
    .update(`${secret}\n${link.password_hash ?? ''}`)
    .digest('base64url');
  return `stay.${proof}`;
}

/** When what a link gives out ends, at the latest with the link. */
export const endOfStay = (link: LiveLink, now: Date): Date =>
  new Date(Math.min(now.getTime() + STAY_MS, link.expires_at.getTime()));

/** The cookie's name. With https the prefix keeps it from being set otherwise; `__Host-` would ask for every path. */
export const stayCookie = ({ baseUrl }: Pick<PortalDeps, 'baseUrl'>): string =>
  `${isSecure(baseUrl) ? '__Secure-' : ''}heartbeat.link`;

const isSecure = (baseUrl: string): boolean => new URL(baseUrl).protocol === 'https:';

/**
 * The `Set-Cookie` by which a browser that knew a link's password is not asked for it again: sent to the link's page alone,
 * which the cookie is good for nothing but.
 */
export function writeStay(deps: Pick<PortalDeps, 'baseUrl' | 'delivery' | 'now'>, opened: OpenedLink): string {
  const now = deps.now();
  const { link, secret } = opened;
  const expiresAt = endOfStay(link, now);
  const token = deps.delivery.tokens.issueToLink({ film: filmOfStay(opened), linkId: link.id, expiresAt });
  const seconds = Math.floor((expiresAt.getTime() - now.getTime()) / 1000);
  const terms = `Max-Age=${seconds}; Path=/s/${secret}; HttpOnly; SameSite=Lax${isSecure(deps.baseUrl) ? '; Secure' : ''}`;
  return `${stayCookie(deps)}=${token}; ${terms}`;
}

/** Whether a cookie says that this browser knew the password that the link has now. */
export const holdsStay = (
  deps: Pick<PortalDeps, 'delivery' | 'now'>,
  opened: OpenedLink,
  cookie: string | null,
): boolean => cookie !== null && deps.delivery.tokens.linkOf(cookie, filmOfStay(opened), deps.now()) === opened.link.id;
