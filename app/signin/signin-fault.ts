import type { Messages } from '#app/_i18n/catalogue.ts';

/** What went wrong, in the catalogue's words; only some take a number. */
export type SigninFault =
  | { kind: Exclude<keyof Messages['signin']['error'], 'tooMany'> }
  | { kind: 'tooMany'; minutes: number };

const KINDS: Record<string, Exclude<SigninFault['kind'], 'tooMany'>> = {
  CredentialsSignin: 'credentials',
  AccessDenied: 'noAccount',
  NoAccount: 'noAccount',
  EmailNotVerified: 'notVerified',
  DomainNotAllowed: 'domain',
  AccountDisabled: 'disabled',
  OtherIdentity: 'otherIdentity',
  Unavailable: 'network',
};

/** What next-auth, and this portal through it, puts into `?error=`. */
export function signinFaultOf(error: string | string[] | undefined): SigninFault | null {
  if (typeof error !== 'string' || error === 'SessionRequired') return null;
  const seconds = /^TooManyAttempts\.(\d{1,6})$/.exec(error)?.[1];
  if (seconds) return { kind: 'tooMany', minutes: Math.max(1, Math.ceil(Number(seconds) / 60)) };
  return { kind: (Object.hasOwn(KINDS, error) && KINDS[error]) || 'provider' };
}
