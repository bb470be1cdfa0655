import type { ClipJson } from '#lib/clips/clip-schemas.ts';

/** A URL that works this much longer is worth keeping. */
const WORTH_KEEPING_MS = 5 * 60_000;

interface ClipPages {
  pages: { clips: ClipJson[] }[];
}

const isClipPages = (data: unknown): data is ClipPages =>
  typeof data === 'object' && data !== null && 'pages' in data && Array.isArray(data.pages);

/**
 * A fresh answer may carry fresh signatures for the same files. Pictures would load again for nothing, so an asset
 * that was known before keeps its URL while that one still works for a while. Other data passes through as it is.
 */
export const keepSignedUrls = (previous: unknown, next: unknown, now: number = Date.now()): unknown => {
  if (!isClipPages(previous) || !isClipPages(next)) return next;
  const known = new Map(
    previous.pages.flatMap((page) =>
      page.clips.flatMap((clip) => clip.assets.map((asset) => [asset.id, asset] as const)),
    ),
  );
  if (known.size === 0) return next;
  return {
    ...next,
    pages: next.pages.map((page) => ({ ...page, clips: page.clips.map((clip) => keepClipUrls(clip, known, now)) })),
  };
};

/** The same for one clip, given the assets known before by their id. */
export const keepClipUrls = (
  clip: ClipJson,
  known: ReadonlyMap<number, ClipJson['assets'][number]>,
  now: number = Date.now(),
): ClipJson => ({
  ...clip,
  assets: clip.assets.map((asset) => {
    const before = known.get(asset.id);
    if (!before || Date.parse(before.expires_at) - now < WORTH_KEEPING_MS) return asset;
    return { ...asset, signed_url: before.signed_url, expires_at: before.expires_at };
  }),
});
