/** No text is read further than this, however long it is: what somebody sends decides over no line's cost. */
const MAX_TEXT_CHARS = 16_384;

/** A line of the log, with all its fields. */
const MAX_LINE_CHARS = 65_536;

/** A value ends at white space, a quote or a backslash, so that cutting it out of a JSON line leaves JSON. */
const SIGNED_QUERY =
  /([?&](?:token|upload_id|signature|x-goog-signature|x-goog-credential|sig|code|state)=)[^&\s"'\\]+/gi;
const API_KEY = /\bhb_[A-Za-z0-9_-]{8,}/g;

/** Whole words, each read once: what has to be found at a word's end is not looked for from each of its letters. */
const WORD = /[^\s"'\\]+/g;
const DOTTED_WORD = /[\w.-]+/g;

const USER_OF_URL = /\/\/[^:/]*:/;

/** `//user:password@`: all between the first colon after the user and the word's last `@`. */
function withoutPassword(word: string): string {
  const end = word.lastIndexOf('@');
  const user = end < 0 ? null : USER_OF_URL.exec(word.slice(0, end));
  const start = user ? user.index + user[0].length : end;
  return start < end ? `${word.slice(0, start)}[redacted]${word.slice(end)}` : word;
}

const JWT_START = /(?<!\w)eyJ/;
const JWT_HEADER_CHARS = 11;
const JWT_PARTS = 5;

/** A JWT, signed (three parts) or encrypted (five): sessions, and what identity providers give. */
function withoutJwts(word: string): string {
  if (!word.includes('eyJ')) return word;
  const parts = word.split('.');
  const kept: string[] = [];
  for (let place = 0; place < parts.length; place++) {
    const part = parts[place] ?? '';
    const start = part.search(JWT_START);
    const isJwt = start >= 0 && part.length - start >= JWT_HEADER_CHARS && parts.length - place > 2;
    kept.push(isJwt ? `${part.slice(0, start)}[redacted]` : part);
    if (isJwt) place += Math.min(JWT_PARTS, parts.length - place) - 1;
  }
  return kept.join('.');
}

const BETWEEN_WORDS = /[\s"'\\]/;

/** The text's start, with a mark; it ends between words, so that no half of a secret stays which no pattern knows. */
function cut(text: string): string {
  if (text.length <= MAX_TEXT_CHARS) return text;
  let end = MAX_TEXT_CHARS;
  while (end > 0 && !BETWEEN_WORDS.test(text.charAt(end))) end--;
  return `${text.slice(0, end)}… [${text.length - end} more characters]`;
}

const redact = (text: string): string =>
  text
    .replace(SIGNED_QUERY, '$1[redacted]')
    .replace(WORD, withoutPassword)
    .replace(API_KEY, 'hb_[redacted]')
    .replace(DOTTED_WORD, withoutJwts);

/**
 * Cuts signatures, tokens and passwords out of free text: URLs and connection strings that errors quote. Reads each
 * letter a bounded number of times, and of a long text its start alone.
 */
export const redactText = (text: string): string => redact(cut(text));

/** The same for a JSON text, which stays JSON: where it is long, each of its strings is cut. */
export function redactJson(json: string): string {
  if (json.length <= MAX_LINE_CHARS) return redact(json);
  const short = JSON.stringify(JSON.parse(json, (_, value) => (typeof value === 'string' ? cut(value) : value)));
  if (short.length <= MAX_LINE_CHARS) return redact(short);
  return JSON.stringify({ cut: `A text of ${json.length} characters.`, start: redactText(short) });
}
