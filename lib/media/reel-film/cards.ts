import { drawingToSvg, escapeXml } from '#lib/drawing/drawing-svg.ts';
import type { CardText, FilmNote } from '#lib/media/reel-work.ts';

interface Size {
  width: number;
  height: number;
}

const FONT = 'Inter, sans-serif';
/** How wide a letter is, of its height: more than most are. */
const LETTER = 0.6;

/** A word in pieces of so many letters at most: one that is wider than its place is broken anywhere. */
function piecesOf(word: string, most: number): string[] {
  const letters = [...word];
  const count = Math.ceil(letters.length / most);
  return Array.from({ length: count }, (_, at) => letters.slice(at * most, (at + 1) * most).join(''));
}

/** Lines of a text that fit into a width; what is longer than so many lines ends in dots. */
export function wrapped(
  text: string,
  { size, width, lines }: { size: number; width: number; lines: number },
): string[] {
  const most = Math.max(4, Math.floor(width / (size * LETTER)));
  const made: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ').flatMap((word) => piecesOf(word, most))) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (longer.length <= most) {
        line = longer;
        continue;
      }
      made.push(line);
      line = word;
    }
    if (line !== '') made.push(line);
  }
  const kept = made.slice(0, lines);
  const last = kept.at(-1);
  return made.length > lines && last !== undefined ? [...kept.slice(0, -1), `${last.slice(0, most - 1)}…`] : kept;
}

const words = (line: string, x: number, y: number, size: number, rest: string): string =>
  `<text x="${x}" y="${y.toFixed(1)}" font-family="${FONT}" font-size="${size.toFixed(1)}" ${rest}>${escapeXml(line)}</text>`;

const svg = ({ width, height }: Size, body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`;

/** A title card: light letters on the dark, in the middle of the picture. */
export function cardSvg({ title, facts, note }: CardText, size: Size): string {
  const unit = Math.min(size.height, size.width) / 100;
  const width = size.width * 0.84;
  const blocks = [
    { text: title, size: unit * 8, lines: 3, rest: 'font-weight="600" fill="#ffffff"' },
    { text: facts, size: unit * 4, lines: 2, rest: 'font-weight="400" fill="#a9b4c6"' },
    { text: note, size: unit * 5, lines: 6, rest: 'font-weight="400" fill="#ffd60a"' },
  ].flatMap((block) => wrapped(block.text, { ...block, width }).map((line) => ({ ...block, line })));
  const high = blocks.reduce((total, block) => total + block.size * 1.35, 0);
  let y = (size.height - high) / 2;
  const lines = blocks.map((block) => {
    y += block.size * 1.35;
    return words(block.line, size.width / 2, y - block.size * 0.35, block.size, `text-anchor="middle" ${block.rest}`);
  });
  return svg(size, `<rect width="100%" height="100%" fill="#0b1220"/>${lines.join('')}`);
}

/** A note as it lies over the frame: its drawing over the clip's picture, its words at the bottom. */
export function noteSvg(
  { text, drawing }: Pick<FilmNote, 'text' | 'drawing'>,
  frame: Size,
  place: Size & { x: number; y: number },
): string {
  const drawn = drawing ? `<g transform="translate(${place.x} ${place.y})">${drawingToSvg(drawing, place)}</g>` : '';
  const size = Math.min(frame.height, frame.width) / 22;
  const lines = wrapped(text, { size, width: frame.width * 0.88, lines: 4 });
  if (lines.length === 0) return svg(frame, drawn);
  const high = lines.length * size * 1.35 + size * 0.8;
  const top = frame.height - high - size;
  const said = lines.map((line, i) =>
    words(
      line,
      frame.width / 2,
      top + size * (1.35 * (i + 1)),
      size,
      'text-anchor="middle" font-weight="600" fill="#ffffff"',
    ),
  );
  const ground = `<rect x="${frame.width * 0.04}" y="${top.toFixed(1)}" width="${frame.width * 0.92}" height="${high.toFixed(1)}" rx="${(size / 2).toFixed(1)}" fill="#000000" fill-opacity="0.7"/>`;
  return svg(frame, `${drawn}${ground}${said.join('')}`);
}
