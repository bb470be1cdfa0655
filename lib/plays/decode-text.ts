/** A file's text, and what its bytes were. */
export interface DecodedText {
  text: string;
  encoding: string;
}

const MARKS: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** Every text here begins with a letter of ASCII: the zero beside it tells UTF-16 without a mark. */
function encodingByZeros(bytes: Uint8Array): string | null {
  const [first = 1, second = 1] = bytes;
  if (first !== 0 && second === 0) return 'utf-16le';
  return first === 0 && second !== 0 ? 'utf-16be' : null;
}

const DECLARED = /^\s{0,20}<\?xml[^>]{0,200}?encoding\s{0,5}=\s{0,5}["']([a-z0-9_-]{1,40})["']/i;

/** A whole text in an encoding; a last letter that is cut off is left out. `null` when it is none. */
function decodedAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    // A stream: of half a file the last letter is missing, and all the others are what they are.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

/** What an XML declaration says, where the bytes are letters of one byte each. */
function declaredBy(bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 300));
  const label = DECLARED.exec(head)?.[1];
  // A declaration of UTF-16 in bytes that are none was copied with the text (.NET writes such).
  return label && !/^(utf|ucs)/i.test(label) ? label : null;
}

/**
 * Reads bytes as text: by the mark in front, by zeros, as UTF-8 when it is that, by what XML declares, and else as
 * Windows-1252, in which every byte is a letter (WHATWG Encoding). Labels and tables are the platform's own.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const marked = MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0];
  const candidates = [marked ?? encodingByZeros(bytes) ?? 'utf-8', declaredBy(bytes)];
  for (const encoding of candidates) {
    const text = encoding === null ? null : decodedAs(encoding, bytes);
    if (encoding !== null && text !== null) return { text, encoding: new TextDecoder(encoding).encoding };
  }
  return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
}
