import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { AppError, unauthenticated } from '#lib/errors.ts';
import { resolveTokenCaller } from './resolve-caller.ts';

/**
 * Who the token of a playlist's URL speaks for: read afresh, so that a caller who lost access gets no new playlist. With the
 * reel that showed them the film, where one did.
 *
 * @param film what the URL is of: a clip's id, or `filmOfMaster`.
 * @throws AppError 401 without a token, 403 for a wrong or expired one, and for one whose caller is nobody any more.
 */
export async function resolvePlaybackCaller(
  deps: Pick<PortalDeps, 'db' | 'delivery' | 'now'>,
  film: string,
  token: string | undefined,
): Promise<UserContext> {
  if (!token) throw unauthenticated('This URL needs its token: use it as the API gave it.');
  const verdict = deps.delivery.tokens.verify(token, film, deps.now());
  if (verdict.kind === 'expired') {
    throw new AppError({
      status: 403,
      code: 'token_expired',
      detail: 'This URL has expired; ask the API for a new one.',
    });
  }
  const refused = new AppError({ status: 403, code: 'token_invalid', detail: 'This token is not for this video.' });
  if (verdict.kind === 'invalid') throw refused;
  const user = await resolveTokenCaller(deps, verdict.grant);
  if (!user) throw refused;
  const { reelId } = verdict.grant;
  return reelId === undefined ? user : { ...user, reelId };
}
