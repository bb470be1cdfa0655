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

const payloadSchema = z.strictObject({
  ...{ c: z.string(), u: z.string(), k: z.string().optional(), r: z.string().optional(), e: z.int() },
});

/** A master as a film: the dot keeps it apart from every clip's id. */
export const filmOfMaster = (masterId: string): string => `master.${masterId}`;

/** Makes and reads the tokens of playlist URLs: base64url JSON and an HMAC-SHA256 over it, joined by a dot. */
export function createPlaybackTokens(secret: string) {
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'heartbeat playback token v1', 32)));
  const sign = (payload: string) => `${payload}.${createHmac('sha256', key).update(payload).digest('base64url')}`;

  return {
    /** The same grant gives the same token, byte for byte. */
    issue({ film, userId, apiKeyId, reelId, expiresAt }: PlaybackGrant): string {
      const fields = { c: film, u: userId, k: apiKeyId, r: reelId, e: Math.floor(expiresAt.getTime() / 1000) };
      return sign(Buffer.from(JSON.stringify(fields)).toString('base64url'));
    },

    /** Anything not issued here, or issued for another film, is `invalid`. */
    verify(token: string, film: string, now: Date): TokenVerdict {
      const [payload = ''] = token.split('.', 1);
      // The text is compared, not the decoded bytes: base64 has several spellings of one value.
      const [expected, given] = [Buffer.from(sign(payload)), Buffer.from(token)];
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { kind: 'invalid' };
      const fields = payloadSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
      if (fields.c !== film) return { kind: 'invalid' };
      const expiresAt = new Date(fields.e * 1000);
      if (expiresAt <= now) return { kind: 'expired' };
      const { c, u: userId, k: apiKeyId, r: reelId } = fields;
      return { kind: 'valid', grant: { film: c, userId, apiKeyId, reelId, expiresAt } };
    },
  };
}

export type PlaybackTokens = ReturnType<typeof createPlaybackTokens>;
