import { describe, expect, it } from 'vitest';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { keepSignedUrls } from './signed-urls.ts';

const NOW = Date.parse('2026-01-01T12:00:00Z');

const clip = (assetId: number, url: string, expiresAt: string, status: ClipJson['processing_status'] = 'ready') => ({
  clip_id: 'c1',
  processing_status: status,
  assets: [{ id: assetId, signed_url: url, expires_at: expiresAt }],
});

const pages = (...clips: ReturnType<typeof clip>[]) => ({
  pages: [{ clips, total: clips.length }],
  pageParams: [null],
});

describe('keepSignedUrls', () => {
  it('keeps the URL of a known file, and takes everything else from the fresh answer', () => {
    const before = pages(clip(1, 'https://m/a?sig=1', '2026-01-01T12:30:00Z', 'processing'));
    const after = pages(clip(1, 'https://m/a?sig=2', '2026-01-01T13:00:00Z', 'ready'));
    expect(keepSignedUrls(before, after, NOW)).toEqual(
      pages(clip(1, 'https://m/a?sig=1', '2026-01-01T12:30:00Z', 'ready')),
    );
  });

  it('takes the fresh URL when the old one is about to expire', () => {
    const before = pages(clip(1, 'https://m/a?sig=1', '2026-01-01T12:04:00Z'));
    const after = pages(clip(1, 'https://m/a?sig=2', '2026-01-01T13:00:00Z'));
    expect(keepSignedUrls(before, after, NOW)).toEqual(after);
  });

  it('takes the fresh URL of a new file, of a clip that was cut again say', () => {
    const before = pages(clip(1, 'https://m/a?sig=1', '2026-01-01T12:30:00Z'));
    const after = pages(clip(2, 'https://m/a?sig=2', '2026-01-01T13:00:00Z'));
    expect(keepSignedUrls(before, after, NOW)).toEqual(after);
  });

  it('passes the first answer through', () => {
    const after = pages(clip(1, 'https://m/a?sig=2', '2026-01-01T13:00:00Z'));
    expect(keepSignedUrls(undefined, after, NOW)).toBe(after);
  });
});
