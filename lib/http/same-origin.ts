import type { UserContext } from '#lib/auth/user-context.ts';
import { forbidden } from '#lib/errors.ts';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * A session cookie goes along with whatever page sends a request; a change has to come from a page of the portal. Every
 * browser says so by `Sec-Fetch-Site` (which no script can set) or by `Origin`. API keys are sent by intent.
 *
 * @param portalOrigin scheme, host and port that the portal is configured for; what `Host` says proves nothing.
 * @throws AppError 403 `foreign_origin`.
 */
export function requireSameOrigin(request: Request, user: UserContext, portalOrigin: string): void {
  if (SAFE_METHODS.includes(request.method) || user.apiKeyId) return;
  const site = request.headers.get('sec-fetch-site');
  if (site === null ? request.headers.get('origin') === portalOrigin : site === 'same-origin') return;
  throw forbidden('A change by a signed-in browser must come from a page of the portal itself.', 'foreign_origin');
}

/**
 * Whether a page may be asked this. What changes something (a server action, a form) names the portal's own origin: a
 * browser sends `Origin` with each such request, so one without it came from no page. Next lets that one through.
 */
export const isFromOwnPage = (
  { method, headers }: Pick<Request, 'method' | 'headers'>,
  portalOrigin: string,
): boolean => SAFE_METHODS.includes(method) || headers.get('origin') === portalOrigin;
