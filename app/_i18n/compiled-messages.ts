import compile from 'icu-minify/compile';

interface MessageTree {
  readonly [key: string]: string | MessageTree;
}

const compileAll = (messages: MessageTree): object =>
  Object.fromEntries(
    Object.entries(messages).map(([key, text]) => [key, typeof text === 'string' ? compile(text) : compileAll(text)]),
  );

/**
 * Messages as the browser's formatter takes them, so that no browser loads a parser of their grammar (docs/adr/0075). For
 * who uses them they are what they were.
 */
export const compiledMessages = <Messages extends MessageTree>(messages: Messages): Messages =>
  // The compiler's objects have no prototype, and React hands none of those to a browser.
  JSON.parse(JSON.stringify(compileAll(messages)));
