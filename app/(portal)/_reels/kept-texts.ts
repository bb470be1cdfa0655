import { bytesName } from '#app/(portal)/watch/_components/kept-loader.ts';

/** One thing to fetch of a rendition: a file, or a range of one. */
export interface KeptPart {
  name: string;
  url: string;
  range: { start: number; end: number } | null;
}

/** One rendition of a multivariant playlist. */
export interface Rung {
  line: string;
  uri: string;
  heightPx: number;
}

const linesOf = (text: string): string[] => text.split(/\r?\n/);

function rungsOf(text: string): Rung[] {
  const lines = linesOf(text);
  return lines.flatMap((line, at) => {
    if (!line.startsWith('#EXT-X-STREAM-INF:')) return [];
    const uri = lines[at + 1] ?? '';
    const heightPx = Number(/RESOLUTION=\d+x(\d+)/.exec(line)?.[1] ?? 0);
    return uri === '' ? [] : [{ line, uri, heightPx }];
  });
}

/** The largest rendition that is no higher than this; the smallest where all are. Throws where there is none. */
export function rungOf(text: string, heightPx: number): Rung {
  const rungs = rungsOf(text).sort((a, b) => a.heightPx - b.heightPx);
  const rung = rungs.findLast((each) => each.heightPx <= heightPx) ?? rungs[0];
  if (!rung) throw new Error('The playlist names no rendition.');
  return rung;
}

/** The multivariant playlist with one rendition alone: a player that has the bytes of no other asks for no other. */
export const alonePlaylist = (text: string, { line, uri }: Rung): string =>
  [
    ...linesOf(text).filter(
      (each) => each.startsWith('#') && !each.startsWith('#EXT-X-STREAM-INF:') && !each.startsWith('#EXT-X-I-FRAME'),
    ),
    line,
    uri,
    '',
  ].join('\n');

/** `length@start` of a byte range, whose start may be left out. */
function rangeOf(text: string, follows: number): { start: number; end: number } {
  const [length, start] = text.split('@').map(Number);
  const from = start ?? follows;
  return { start: from, end: from + (length ?? 0) };
}

/** What a media playlist names, in its order: what it begins with, and its segments. */
export function partsOfPlaylist(text: string, baseUrl: string): KeptPart[] {
  const parts: KeptPart[] = [];
  let range: { start: number; end: number } | null = null;
  const put = (uri: string, of: { start: number; end: number } | null) => {
    const url = new URL(uri, baseUrl).href;
    parts.push({ url, range: of, name: bytesName(url, of) });
  };
  let endOfLast = 0;
  for (const line of linesOf(text)) {
    if (line.startsWith('#EXT-X-MAP:')) {
      const uri = /URI="([^"]+)"/.exec(line)?.[1];
      const bytes = /BYTERANGE="([^"]+)"/.exec(line)?.[1];
      if (uri) put(uri, bytes ? rangeOf(bytes, 0) : null);
    } else if (line.startsWith('#EXT-X-BYTERANGE:')) {
      range = rangeOf(line.slice('#EXT-X-BYTERANGE:'.length), endOfLast);
      endOfLast = range.end;
    } else if (line !== '' && !line.startsWith('#')) {
      put(line, range);
      range = null;
    }
  }
  return parts;
}
