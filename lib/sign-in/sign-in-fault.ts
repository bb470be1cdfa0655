/**
 * What a refused sign-in is told by, in next-auth's `?error=`. A wrong password, an unknown account and a disabled one
 * are all next-auth's own `CredentialsSignin`.
 */
export type ProviderRefusal =
  | 'EmailNotVerified'
  | 'DomainNotAllowed'
  | 'NoAccount'
  | 'AccountDisabled'
  | 'OtherIdentity';

const THROTTLED = 'TooManyAttempts';
const UNAVAILABLE = 'Unavailable';

/** Thrown in `authorize`: its message is all that next-auth hands on. */
export const throttled = (seconds: number): Error => new Error(`${THROTTLED}.${seconds}`);
export const unavailable = (): Error => new Error(UNAVAILABLE);

/** The seconds to wait that an `?error=` names. */
export function secondsToWait(error: string): number | null {
  const [name, seconds = ''] = error.split('.');
  return name === THROTTLED && /^\d{1,6}$/.test(seconds) ? Number(seconds) : null;
}

/**
 * next-auth answers every refused password with 401. One that was not looked at says so by its status: 429 with
 * `Retry-After` (RFC 6585 §4), or 503.
 */
export async function withRefusalStatus(response: Response): Promise<Response> {
  if (response.status !== 401 || !response.headers.get('content-type')?.includes('json')) return response;
  const { url } = (await response.clone().json()) as { url?: string };
  const error = (url && URL.canParse(url) && new URL(url).searchParams.get('error')) || '';
  const wait = secondsToWait(error);
  if (wait === null && error !== UNAVAILABLE) return response;
  const headers = new Headers(response.headers);
  headers.set('Retry-After', String(wait ?? 5));
  return new Response(response.body, { status: wait === null ? 503 : 429, headers });
}
