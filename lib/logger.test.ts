import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.ts';
import { redactText } from './redact.ts';

/** What a logger writes, line by line, as parsed JSON and as text. */
function capture() {
  const lines: string[] = [];
  const logger = createLogger('trace', 'test', { write: (line) => lines.push(line) });
  return {
    logger,
    text: () => lines.join(''),
    parsed: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

const KEY = `hb_${'k9-_'.repeat(10)}abc`;
const SECRETS: [what: string, text: string, secret: string][] = [
  ['a disk URL', 'GET http://h/api/objects/b/k?expires=1&signature=c2VjcmV0LXNpZw failed', 'c2VjcmV0LXNpZw'],
  ['a playlist URL', 'http://h/api/v2/clips/c/playlist.m3u8?token=eyJj.s3cr-3t', 's3cr-3t'],
  [
    'a GCS URL',
    'https://storage.googleapis.com/b/k?X-Goog-Credential=me%40x&X-Goog-Signature=abcdef0123',
    'abcdef0123',
  ],
  [
    'a CDN URL',
    'https://media.example.com/k?Expires=1&KeyName=k&Signature=fm6JZSmKNsB5sys8VGr=',
    'fm6JZSmKNsB5sys8VGr',
  ],
  ['an upload session', 'PUT https://s.example/upload?uploadType=resumable&upload_id=ABg5-Upload', 'ABg5-Upload'],
  ['a connection string', 'cannot reach postgresql://heartbeat:hunter2@db:5432/hb?x=1', 'hunter2'],
  ['a password with @ and :', 'cannot reach postgresql://heartbeat:hun:ter@2secret@db/hb', '2secret'],
  ['a password without a user', 'redis://:hunter2@cache', 'hunter2'],
  ['a session', 'next-auth.session-token=eyJhbGciOiJkaXIi..bm9uY2Vub25j.c2VjcmV0.dGFn', 'c2VjcmV0'],
  ['an identity token', 'got eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl back', 'c2lnbmF0dXJl'],
  ['an authorization code', 'GET /api/auth/callback/oidc?code=Zm9v-YmFy&state=s', 'Zm9v-YmFy'],
  ['an API key', `Bearer ${KEY} is unknown`, KEY.slice(4)],
];

describe.each(SECRETS)('%s', (_what, text, secret) => {
  it('is cut out of free text', () => {
    expect(redactText(text)).not.toContain(secret);
    expect(redactText(text)).toContain('[redacted]');
  });

  it.each<[string, (log: ReturnType<typeof capture>['logger']) => void]>([
    ["an error's message and stack", (log) => log.error({ err: new Error(text) }, 'failed')],
    [
      'a cause of a cause',
      (log) => log.error({ err: new Error('a', { cause: new Error('b', { cause: new Error(text) }) }) }),
    ],
    ['one of several errors', (log) => log.error({ err: new AggregateError([new Error(text)], 'several') })],
    [
      'an extra field of an error',
      (log) => log.error({ err: Object.assign(new Error('x'), { stderr: text, url: text }) }),
    ],
    ['something thrown that is no error', (log) => log.error({ err: text })],
    ['a field', (log) => log.warn({ reason: text, technical: { tail: [`"${text}"`, `'${text}'`] } })],
    ['the message of the line', (log) => log.info(`said "${text}"\n`)],
    ['a child logger', (log) => log.child({ url: text }).info('x')],
  ])('in %s never reaches the log, which stays JSON', (_where, write) => {
    const log = capture();
    write(log.logger);
    expect(log.text()).not.toContain(secret);
    expect(log.text()).toContain('[redacted]');
    expect(log.parsed()).toHaveLength(1);
  });
});

describe('a log line', () => {
  it('hides fields by their name', () => {
    const log = capture();
    const secrets = {
      password: 'p4ss',
      cookie: 'c00kie',
      authorization: 'b4sic',
      token: 't0ken',
      signed_url: 'sURL',
      upload_url: 'uURL',
    };
    log.logger.info({ ...secrets, request: secrets, deep: { request: secrets } }, 'x');
    for (const secret of Object.values(secrets)) expect(log.text()).not.toContain(secret);
  });

  it('keeps what is no secret', () => {
    const log = capture();
    log.logger.error(
      { err: new TypeError('no such clip', { cause: new Error('why') }), url: 'http://h:3000/x', mail: 'a@b.c' },
      'x',
    );
    expect(log.parsed()[0]).toMatchObject({
      level: 'error',
      name: 'test',
      url: 'http://h:3000/x',
      mail: 'a@b.c',
      err: { type: 'TypeError', message: 'no such clip: why', stack: expect.stringContaining('logger.test.ts') },
    });
  });
});
