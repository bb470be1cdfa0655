/** The six roles of contract §5. */
export const ROLES = ['admin', 'staff', 'coach', 'analyst', 'scout', 'player'] as const;
export type Role = (typeof ROLES)[number];

/** What an API key may do of all that its user may. */
export const KEY_SCOPES = ['read', 'write'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/** Settings that a person keeps between visits. */
export interface Preferences {
  locale?: 'en' | 'fr';
}

/** Who is asking. Made from a next-auth session or an API key, nowhere else (`lib/auth/authenticate.ts`). */
export interface UserContext {
  readonly userId: string;
  readonly role: Role;
  readonly name: string;
  /** Team codes, or `ALL`. Empty means no team at all. */
  readonly teamAccess: readonly string[];
  /** Whose clips a player may see. */
  readonly playerId?: string;
  readonly preferences: Preferences;
  /** The key that the caller showed; absent for a person's session. What they were given ends with the key. */
  readonly apiKeyId?: string;
  /** What the key is good for; a key of the scope `read` changes nothing (`permissions.ts`). */
  readonly keyScope?: KeyScope;
  /** The reel that shows them a clip. What they are given through it ends with that. */
  readonly reelId?: string;
  /** The link through which somebody without an account looks: what they do is done in nobody's name. */
  readonly linkId?: string;
}
