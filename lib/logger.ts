import pino, { type Logger } from 'pino';

export type { Logger } from 'pino';

/** What never reaches a log, wherever it hangs in an object. */
const SECRET_PATHS = ['password', 'authorization', 'cookie', 'token', 'upload_url', 'signed_url', 'secret'].flatMap(
  (name) => [name, `*.${name}`, `*.*.${name}`],
);

const SIGNED_QUERY = /([?&](?:token|upload_id|signature|x-goog-signature|x-goog-credential|sig|Signature)=)[^&\s"']+/gi;

/** Cuts signatures, tokens and passwords out of free text: URLs and connection strings that errors quote. */
export const redactText = (text: string): string =>
  text
    .replace(SIGNED_QUERY, '$1[redacted]')
    .replace(/(\/\/[^:/\s]+:)[^@\s]+@/g, '$1[redacted]@')
    .replace(/\bhb_[A-Za-z0-9_-]{8,}/g, 'hb_[redacted]');

const serializeError = (error: unknown): unknown => {
  const plain = pino.stdSerializers.err(error as Error) as unknown as Record<string, unknown>;
  for (const key of ['message', 'stack']) {
    if (typeof plain[key] === 'string') plain[key] = redactText(plain[key]);
  }
  return plain;
};

/** JSON lines on standard output, one a fact, without secrets. */
export const createLogger = (level: string, name: string): Logger =>
  pino({
    name,
    level,
    redact: { paths: SECRET_PATHS, censor: '[redacted]' },
    serializers: { err: serializeError },
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
