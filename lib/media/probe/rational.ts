import type { Rational } from '#lib/media/media-types.ts';

/** `30000/1001` or `30000:1001` as ffprobe prints it; null for `0/0`, `N/A` and whatever is no positive fraction. */
export function parseRational(text: string | undefined): Rational | null {
  const match = /^(\d+)[/:](\d+)$/.exec(text ?? '');
  const num = Number(match?.[1] ?? 0);
  const den = Number(match?.[2] ?? 0);
  return num > 0 && den > 0 ? { num, den } : null;
}

export const toNumber = ({ num, den }: Rational): number => num / den;
