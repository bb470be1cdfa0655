import { AppError, notFound } from '#lib/errors.ts';
import type { RequestTarget } from './request-target.ts';

/**
 * What a request meets first. `api`: its route says how long a body may be, and admits the caller before. `objects`:
 * the disk store's own HTTP side. `auth` and `page`: next-auth, and all the rest, server actions among them.
 */
export type Door = 'api' | 'objects' | 'auth' | 'page';

/** As a router may understand a path: decoded, without dots and empty segments, in any case. */
const asUnderstood = (pathname: string): string =>
  new URL(
    decodeURIComponent(pathname)
      .replace(/[\\/]+/g, '/')
      .replace(/[?#]/g, ''),
    'http://portal',
  ).pathname.toLowerCase();

const isBelow = (pathname: string, folder: string): boolean => pathname === folder || pathname.startsWith(`${folder}/`);

/**
 * The parts of next-auth that the portal needs: the form and the buttons of `/signin`, the way back from a provider,
 * signing out. Its log, its session and its own pages are not there.
 * @param providers ids of the OpenID Connect providers that are configured.
 */
function authMethods(action: string, providers: readonly string[]): string[] {
  if (['csrf', 'providers', 'signin', 'error'].includes(action)) return ['GET'];
  if (['signout', 'callback/credentials'].includes(action)) return ['POST'];
  const [verb, provider = '', ...rest] = action.split('/');
  if (rest.length > 0 || !providers.includes(provider)) return [];
  if (verb === 'callback') return ['GET'];
  return verb === 'signin' ? ['POST'] : [];
}

function requireAuthEndpoint({ method, pathname }: RequestTarget, providers: readonly string[]): void {
  const methods = authMethods(pathname.slice('/api/auth/'.length).replace(/\/$/, ''), providers);
  if (methods.length === 0) throw notFound('Resource');
  if (methods.includes(method)) return;
  const allow = methods.join(', ');
  const detail = `This resource answers ${allow}.`;
  throw new AppError({ status: 405, code: 'method_not_allowed', detail, headers: { Allow: allow } });
}

/** Whether a path is one of the API's own. */
export const isOfApi = ({ pathname }: RequestTarget): boolean => isBelow(pathname, '/api/v2');

/**
 * Which door a path leads to. Whatever could be understood as `/api/…` has to be spelled so: nothing passes a door
 * under another name.
 * @throws AppError 404, 405.
 */
export function doorOf(target: RequestTarget, providers: readonly string[]): Door {
  const { pathname } = target;
  if (!isBelow(asUnderstood(pathname), '/api')) return 'page';
  if (isOfApi(target)) return 'api';
  if (pathname.startsWith('/api/objects/')) return 'objects';
  if (!pathname.startsWith('/api/auth/')) throw notFound('Resource');
  requireAuthEndpoint(target, providers);
  return 'auth';
}
