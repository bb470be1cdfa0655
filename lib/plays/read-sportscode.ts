import { setImmediate } from 'node:timers/promises';
import sax from 'sax';
import { unprocessable } from '#lib/errors.ts';
import { type Gathered, gatherPlays } from './gather-plays.ts';
import { applyLabels } from './label-groups.ts';
import { MAX_VIDEO_S, namer, secondsOf, wordsOf } from './plain-values.ts';
import { blankPlay, NO_GAME_FACTS, type Play, type PlayLabel, type PlayList } from './play.ts';

/** `file`, `ALL_INSTANCES`, `instance`, `label`, `text` are five; nothing that is a time line lies deeper. */
const MAX_DEPTH = 32;
/** No element of these dialects has more than a few. */
const MAX_ATTRIBUTES = 50;
/** All elements of as many instances as a file may have. */
const MAX_ELEMENTS = 1_000_000;
/** Nobody's text or tag is so long that this many chunks go by and nothing opens or closes. */
const MAX_QUIET_CHUNKS = 4;
/** One more than the longest word that a declaration is known by. */
const MAX_DECLARED_CHARS = 8;
const MAX_LABELS = 100;
/** All on the ice, one after the other, is the longest of them. */
const MAX_LABEL_CHARS = 700;
/** A text longer than this is cut: it is nobody's name. */
const MAX_TEXT_CHARS = 5000;
const CHUNK_CHARS = 65_536;

const noTimeLine = () => unprocessable('bad_xml', 'This XML is larger, deeper or longer than any time line of plays.');

/** An instance as it stands in the file. */
export interface Instance {
  line: number;
  fields: Record<string, string>;
  labels: PlayLabel[];
}

const FIELDS: ReadonlySet<string> = new Set(['id', 'start', 'end', 'code', 'free_text', 'pos_x', 'pos_y']);

/** Labels in words that can be kept: whoever wrote the file may have put anything into them. */
const plainLabels = (labels: readonly PlayLabel[]): PlayLabel[] =>
  labels.slice(0, MAX_LABELS).flatMap(({ group, text }) => {
    const words = wordsOf(text, MAX_LABEL_CHARS);
    return words === null ? [] : { group: wordsOf(group, 100), text: words };
  });

/** The play of an instance, or why there is none. */
export function playOfInstance({ line, fields, labels }: Instance, named: (words: string) => string): Play | string {
  const name = wordsOf(fields.code, 100);
  if (name === null) return 'The instance has no code.';
  const [video_s, end_video_s] = [secondsOf(fields.start), secondsOf(fields.end)];
  if (video_s === null) return 'Its start is no time from 0 on.';
  if (end_video_s === null) return 'Its end is no time from 0 on.';
  if (video_s > MAX_VIDEO_S || end_video_s > MAX_VIDEO_S) return 'It lies more than a day into the video.';
  if (end_video_s < video_s) return 'Its end lies before its start.';
  const id = wordsOf(fields.id, 64);
  const places = ['pos_x', 'pos_y'].map((group) => ({ group, text: fields[group] ?? '' }));
  const play = blankPlay({ line, name, part: name, source_id: named(`${name}:${id ?? `${video_s}-${end_video_s}`}`) });
  const free_text = wordsOf(fields.free_text, 2000);
  return applyLabels({ ...play, video_s, end_video_s, free_text }, plainLabels([...labels, ...places]));
}

/**
 * A parser that keeps of a declaration (`<!…>`) only how it begins. It looks for `[CDATA[` and `DOCTYPE` in all of the
 * declaration anew at each of its characters: a long one that is neither would take the square of its length.
 */
function createParser(): sax.SAXParser {
  const parser = sax.parser(false, { lowercase: true, position: true });
  let start = '';
  Object.defineProperty(parser, 'sgmlDecl', {
    get: () => start,
    set: (declared: string) => {
      start = declared.slice(0, MAX_DECLARED_CHARS);
    },
  });
  return parser;
}

/** Walks the elements and hands over each instance that is closed. */
function createWalker(onInstance: (instance: Instance) => void) {
  const parser = createParser();
  let instance: Instance | null = null;
  let group: string | null = null;
  let texts: string[] = [];
  let words = '';
  let attributes = 0;
  let elements = 0;
  let quietChunks = 0;
  const path: string[] = [];
  // What this dialect of XML is not is met in the wild (a raw &, a tag that is closed twice): the parser goes on.
  parser.onerror = () => {
    parser.resume();
  };
  parser.onopentagstart = () => {
    attributes = 0;
  };
  parser.onattribute = () => {
    attributes += 1;
    if (attributes > MAX_ATTRIBUTES) throw noTimeLine();
  };
  parser.onopentag = ({ name }) => {
    path.push(name);
    elements += 1;
    quietChunks = 0;
    if (path.length > MAX_DEPTH || elements > MAX_ELEMENTS) throw noTimeLine();
    words = '';
    if (name === 'instance') instance = { line: parser.line + 1, fields: {}, labels: [] };
    if (name === 'label') [group, texts] = [null, []];
  };
  const onWords = (text: string) => {
    if (words.length < MAX_TEXT_CHARS) words += text;
  };
  parser.ontext = onWords;
  parser.oncdata = onWords;
  const closeWithin = (open: Instance, name: string) => {
    const isInLabel = path.includes('label');
    if (name === 'label') {
      open.labels.push(...texts.map((text) => ({ group, text })));
    } else if (isInLabel && name === 'group') group = words;
    else if (isInLabel && name === 'text') {
      if (open.labels.length + texts.length < MAX_LABELS) texts.push(words);
    } else if (FIELDS.has(name)) open.fields[name] ??= words.trim();
  };
  parser.onclosetag = (name) => {
    if (instance && name === 'instance') {
      onInstance(instance);
      instance = null;
    } else if (instance) closeWithin(instance, name);
    path.pop();
    words = '';
  };
  return {
    /** @throws AppError 422 `bad_xml` */
    write(text: string): void {
      quietChunks += 1;
      if (quietChunks > MAX_QUIET_CHUNKS) throw noTimeLine();
      parser.write(text);
    },
    /** Whether an instance was begun and not ended. */
    isWithin: () => instance !== null,
    depth: () => path.length,
  };
}

async function walk(text: string, gathered: Gathered): Promise<void> {
  const named = namer();
  const found: Instance[] = [];
  const walker = createWalker((instance) => found.push(instance));
  for (let at = 0; at < text.length; at += CHUNK_CHARS) {
    walker.write(text.slice(at, at + CHUNK_CHARS));
    for (const instance of found.splice(0)) {
      await gathered.row();
      const play = playOfInstance(instance, named);
      if (typeof play === 'string') gathered.skip(instance.line, play);
      else gathered.add(play);
    }
    await setImmediate();
  }
  if (walker.depth() === 0) return;
  const last = { line: text.split('\n').length, reason: 'The file ends in the middle of this instance.' };
  gathered.breakOff(walker.isWithin() ? last : undefined);
}

/** All that a time line tells: its game by the teams that act in it. */
export function timeLineOf(gathered: Gathered): PlayList {
  const list = gathered.list(NO_GAME_FACTS);
  const teams = new Set(list.plays.flatMap(({ acting_team }) => acting_team ?? []));
  return { ...list, game: { ...NO_GAME_FACTS, teams: [...teams] } };
}

/**
 * Reads a time line of Sportscode, Nacsport or LongoMatch, one instance a play (docs/adr/0054). No DTD is read, no entity
 * of a file's own is known, and nothing outside the file is fetched: the parser has none of it.
 * @throws AppError 422 `bad_xml`, `too_many_plays`.
 */
export async function readSportscode(text: string): Promise<PlayList> {
  const gathered = gatherPlays(null);
  await walk(text, gathered);
  return timeLineOf(gathered);
}
