import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

/** What never reaches a log, wherever it hangs in an object. */
const SECRET_PATHS = [
  ...['password', 'authorization', 'cookie', 'token', 'upload_url', 'signed_url', 'secret'],
  ...['access_token', 'id_token', 'refresh_token', 'client_secret', 'code_verifier', 'csrfToken'],
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** A value ends at white space, a quote or a backslash, so that cutting it out of a JSON line leaves JSON. */
const SIGNED_QUERY =
  /([?&](?:token|upload_id|signature|x-goog-signature|x-goog-credential|sig|code|state)=)[^&\s"'\\]+/gi;
const URL_PASSWORD = /(\/\/[^:/\s"'\\]*:)[^\s"'\\]+@/g;
const API_KEY = /\bhb_[A-Za-z0-9_-]{8,}/g;

/** A JWT, signed (three parts) or encrypted (five): sessions, and what identity providers give. */
const JWT = /\beyJ[A-Za-z0-9_-]{8,}(\.[A-Za-z0-9_-]*){2,4}/g;

/** Cuts signatures, tokens and passwords out of free text: URLs and connection strings that errors quote. */
export const redactText = (text: string): string =>
  text
    .replace(SIGNED_QUERY, '$1[redacted]')
    .replace(URL_PASSWORD, '$1[redacted]@')
    .replace(API_KEY, 'hb_[redacted]')
    .replace(JWT, '[redacted]');

/** JSON lines on standard output, one a fact, without secrets: by name of the field, and wherever a text quotes one. */
export const createLogger = (level: string, name: string, destination?: DestinationStream): Logger => {
  const options = {
    name,
    level,
    redact: { paths: SECRET_PATHS, censor: '[redacted]' },
    // Causes, nested errors and every other field pass here as well, so the whole line is searched.
    hooks: { streamWrite: redactText },
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return destination ? pino(options, destination) : pino(options);
};
