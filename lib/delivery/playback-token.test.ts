import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPlaybackTokens } from './playback-token.ts';

const tokens = createPlaybackTokens('a secret');
const NOW = new Date('2026-01-01T10:00:00Z');
const GRANT = { film: 'clip-1', userId: 'user-1', expiresAt: new Date('2026-01-01T11:00:00Z') };

describe('playback tokens', () => {
  it('say who may play what until when', () => {
    expect(tokens.verify(tokens.issue(GRANT), 'clip-1', NOW)).toEqual({ kind: 'valid', grant: GRANT });
    const ofKey = { ...GRANT, apiKeyId: 'key-1' };
    expect(tokens.verify(tokens.issue(ofKey), 'clip-1', NOW)).toEqual({ kind: 'valid', grant: ofKey });
    const byReel = { ...ofKey, reelId: 'reel-1' };
    expect(tokens.verify(tokens.issue(byReel), 'clip-1', NOW)).toEqual({ kind: 'valid', grant: byReel });
  });

  it('name a link, and then nobody', () => {
    const grant = { film: 'item.1', linkId: 'link-1', expiresAt: GRANT.expiresAt };
    const token = tokens.issueToLink(grant);
    expect(tokens.linkOf(token, 'item.1', NOW)).toBe('link-1');
    for (const film of ['item.2', 'link.', 'clip-1']) expect(tokens.linkOf(token, film, NOW)).toBeNull();
    expect(tokens.linkOf(token, 'item.1', GRANT.expiresAt)).toBeNull();
    expect(tokens.verify(token, 'item.1', NOW)).toEqual({ kind: 'invalid' });
    expect(tokens.linkOf(tokens.issue({ ...GRANT, film: 'item.1' }), 'item.1', NOW)).toBeNull();
  });

  it('are the same text for the same grant, and fit into a URL as they are', () => {
    expect(tokens.issue(GRANT)).toBe(tokens.issue({ ...GRANT }));
    expect(encodeURIComponent(tokens.issue(GRANT))).toBe(tokens.issue(GRANT));
  });

  it('are of one clip only', () => {
    for (const other of ['clip-2', 'CLIP-1', 'clip-1 ', '']) {
      expect(tokens.verify(tokens.issue(GRANT), other, NOW)).toEqual({ kind: 'invalid' });
    }
  });

  it('end at their moment', () => {
    const token = tokens.issue(GRANT);
    expect(tokens.verify(token, 'clip-1', new Date(GRANT.expiresAt.getTime() - 1)).kind).toBe('valid');
    expect(tokens.verify(token, 'clip-1', GRANT.expiresAt)).toEqual({ kind: 'expired' });
    // Whether it has expired is told to a bearer of this clip's token only.
    expect(tokens.verify(token, 'clip-2', GRANT.expiresAt)).toEqual({ kind: 'invalid' });
  });

  it('of another secret are invalid', () => {
    expect(createPlaybackTokens('another').verify(tokens.issue(GRANT), 'clip-1', NOW)).toEqual({ kind: 'invalid' });
  });

  it('are invalid with any one character changed, left out or added', () => {
    const token = tokens.issue(GRANT);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (let at = 0; at < token.length; at++) {
      for (const character of alphabet) {
        if (character === token[at]) continue;
        const changed = token.slice(0, at) + character + token.slice(at + 1);
        if (tokens.verify(changed, 'clip-1', NOW).kind !== 'invalid') expect.fail(`${changed} was taken for ${token}`);
      }
    }
    const added = fc.constantFrom('', ...alphabet, '.', '=', ' ', '\n', '+', '/', 'é');
    fc.assert(
      fc.property(fc.nat({ max: token.length }), fc.nat({ max: 2 }), added, (at, removed, text) => {
        const changed = token.slice(0, at) + text + token.slice(at + removed);
        fc.pre(changed !== token);
        expect(tokens.verify(changed, 'clip-1', NOW)).toEqual({ kind: 'invalid' });
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['', '.', '..', 'null', 'e30.', '\0', 'eyJjIjoiY2xpcC0xIn0'])('%j is invalid', (token) => {
    expect(tokens.verify(token, 'clip-1', NOW)).toEqual({ kind: 'invalid' });
  });
});
