import pino, { type DestinationStream, type Logger } from 'pino';
import { redactJson } from './redact.ts';

export type { Logger } from 'pino';

/** What never reaches a log, wherever it hangs in an object. */
const SECRET_PATHS = [
  ...['password', 'authorization', 'cookie', 'token', 'upload_url', 'signed_url', 'secret'],
  ...['access_token', 'id_token', 'refresh_token', 'client_secret', 'code_verifier', 'csrfToken'],
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

const redactLine = (line: string): string => `${redactJson(line.trimEnd())}\n`;

/** JSON lines on standard output, one a fact, without secrets: by name of the field, and wherever a text quotes one. */
export const createLogger = (level: string, name: string, destination?: DestinationStream): Logger => {
  const options = {
    name,
    level,
    redact: { paths: SECRET_PATHS, censor: '[redacted]' },
    // Causes, nested errors and every other field pass here as well, so the whole line is searched.
    hooks: { streamWrite: redactLine },
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return destination ? pino(options, destination) : pino(options);
};
