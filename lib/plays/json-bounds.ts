/** A play-by-play is three deep in its list; a game's has some thousand objects. */
const MAX_DEPTH = 40;
const MAX_CONTAINERS = 1_000_000;

/**
 * Whether a text of JSON is as flat and as small as any play-by-play: looked at before it is parsed, because a parser keeps
 * whatever is opened. One pass, whatever the text.
 */
export function isBoundedJson(text: string): boolean {
  let depth = 0;
  let containers = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === 0x22) at = endOfString(text, at);
    else if (char === 0x7b || char === 0x5b) {
      depth += 1;
      containers += 1;
      if (depth > MAX_DEPTH || containers > MAX_CONTAINERS) return false;
    } else if (char === 0x7d || char === 0x5d) depth -= 1;
  }
  return true;
}

/** The place of the quote that ends the string which begins here. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === 0x5c) at += 1;
    else if (char === 0x22) return at;
  }
  return text.length;
}
