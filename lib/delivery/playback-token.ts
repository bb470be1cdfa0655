import { createHmac, createSecretKey, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What a playlist URL's token says: this caller may play this film until then. */
export interface PlaybackGrant {
  /** A clip's id, or `filmOfMaster`. */
  film: string;
  userId: string;
  apiKeyId?: string | undefined;
  /** The reel that shows them the film: they may play it for as long as it does. */
  reelId?: string | undefined;
  expiresAt: Date;
}

export type TokenVerdict = { kind: 'valid'; grant: PlaybackGrant } | { kind: 'expired' } | { kind: 'invalid' };

/** The same of a link: whoever has it may play what its reel shows there, and is nobody. */
export interface LinkGrant {
  /** `filmOfItem`, or `LINK` for the reel itself. */
  film: string;
  linkId: string;
  expiresAt: Date;
}

const payloadSchema = z.strictObject({
  ...{ c: z.string(), u: z.string(), k: z.string().optional(), r: z.string().optional(), e: z.int() },
});
const linkPayloadSchema = z.strictObject({ c: z.string(), l: z.string(), e: z.int() });

/** A master as a film: the dot keeps it apart from every clip's id. */
export const filmOfMaster = (masterId: string): string => `master.${masterId}`;

/** What one item of a reel shows through a link: the clip's own id may say whose it is. */
export const filmOfItem = (itemId: string): string => `item.${itemId}`;

/** What a link opens: the reel itself. */
export const LINK = 'link.';

/** Makes and reads the tokens of playlist URLs: base64url JSON and an HMAC-SHA256 over it, joined by a dot. */
export function createPlaybackTokens(secret: string) {
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'heartbeat playback token v1', 32)));
  const sign = (payload: string) => `${payload}.${createHmac('sha256', key).update(payload).digest('base64url')}`;

  const close = (fields: object): string => sign(Buffer.from(JSON.stringify(fields)).toString('base64url'));
  const secondsOf = (moment: Date) => Math.floor(moment.getTime() / 1000);

  /** What a token says, if it was made here. */
  const open = (token: string): unknown => {
    const [payload = ''] = token.split('.', 1);
    // The text is compared, not the decoded bytes: base64 has several spellings of one value.
    const [expected, given] = [Buffer.from(sign(payload)), Buffer.from(token)];
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    return JSON.parse(Buffer.from(payload, 'base64url').toString());
  };

  /** Anything not issued here, or issued for another film, is `invalid`. */
  const judge = <F extends { c: string; e: number }>(schema: z.ZodType<F>, token: string, film: string, now: Date) => {
    const { data: fields } = schema.safeParse(open(token));
    if (fields?.c !== film) return { kind: 'invalid' } as const;
    const expiresAt = new Date(fields.e * 1000);
    return expiresAt <= now ? ({ kind: 'expired' } as const) : ({ kind: 'valid', fields, expiresAt } as const);
  };

  return {
    /** The same grant gives the same token, byte for byte. */
    issue({ film, userId, apiKeyId, reelId, expiresAt }: PlaybackGrant): string {
      return close({ c: film, u: userId, k: apiKeyId, r: reelId, e: secondsOf(expiresAt) });
    },

    /** Anything not issued here, or issued for another film, is `invalid`. */
    verify(token: string, film: string, now: Date): TokenVerdict {
      const verdict = judge(payloadSchema, token, film, now);
      if (verdict.kind !== 'valid') return verdict;
      const { c, u: userId, k: apiKeyId, r: reelId } = verdict.fields;
      return { kind: 'valid', grant: { film: c, userId, apiKeyId, reelId, expiresAt: verdict.expiresAt } };
    },

    /** A token that names a link, and nobody. */
    issueToLink: ({ film, linkId, expiresAt }: LinkGrant): string =>
      close({ c: film, l: linkId, e: secondsOf(expiresAt) }),

    /** The link that a token names, if it is for this film and good still. */
    linkOf(token: string, film: string, now: Date): string | null {
      const verdict = judge(linkPayloadSchema, token, film, now);
      return verdict.kind === 'valid' ? verdict.fields.l : null;
    },
  };
}

export type PlaybackTokens = ReturnType<typeof createPlaybackTokens>;
