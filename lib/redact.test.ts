import { describe, expect, it } from 'vitest';
import { redactJson, redactText } from './redact.ts';

const NASTY = [
  '//:',
  '//a:',
  'eyJ',
  '-eyJ',
  'eyJaaaaaaaa.',
  'eyJaaaaaaaa.b',
  '?token=',
  '&code=x',
  'hb_',
  '-hb_',
  '//:@',
  '.',
  '"\\',
  ' ',
];

/** The shortest of some runs: what else the machine does only ever adds. */
function leastMs(work: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}

const repeated = (part: string, chars: number) => part.repeat(Math.ceil(chars / part.length));

describe('redaction has a bound, whatever it reads', () => {
  it.each(NASTY)('%j repeated: four times the text is not sixteen times the work', (part) => {
    // Below the bound of a text, so that patterns read all of it.
    const [some, more] = [repeated(part, 4000), repeated(part, 16_000)];
    const ratio =
      leastMs(() => redactText(more)) /
      Math.max(
        leastMs(() => redactText(some)),
        0.01,
      );
    expect(ratio).toBeLessThan(10);
  });

  it.each(NASTY)('%j repeated: of a megabyte, no more is read than of its start', (part) => {
    const [long, start] = [repeated(part, 1_000_000), repeated(part, 20_000)];
    const line = JSON.stringify({ level: 'info', msg: long });
    expect(redactText(long).length).toBeLessThan(20_000);
    expect(
      leastMs(() => redactText(long)) /
        Math.max(
          leastMs(() => redactText(start)),
          0.01,
        ),
    ).toBeLessThan(10);
    expect(redactJson(line).length).toBeLessThan(70_000);
    expect(JSON.parse(redactJson(line))).toMatchObject({ level: 'info' });
  });
});

describe('a text that is too long', () => {
  it('is cut with a mark, between words, so that no half of a secret stays', () => {
    const secret = 'postgresql://heartbeat:hunter2-hunter2@db/hb';
    for (let before = 16_340; before < 16_400; before += 5) {
      const told = redactText(`${'x '.repeat(before / 2)}${secret} and more ${'y '.repeat(5000)}`);
      expect(told).toMatch(/… \[\d+ more characters\]$/);
      expect(told).not.toContain('hunter2');
    }
  });

  it('is cut inside a JSON text, which stays one and keeps what is short', () => {
    const line = { level: 'error', msg: 'x '.repeat(100_000), nested: { list: ['short', 'y'.repeat(100_000)] } };
    expect(JSON.parse(redactJson(JSON.stringify(line)))).toEqual({
      level: 'error',
      msg: expect.stringMatching(/^(x )+x?… \[\d+ more characters\]$/),
      nested: { list: ['short', '… [100000 more characters]'] },
    });
  });

  it('of very many parts says its start', () => {
    const many = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, place) => [`field_${place}`, `?token=${place}`]),
    );
    const told = redactJson(JSON.stringify(many));
    expect(told.length).toBeLessThan(30_000);
    expect(JSON.parse(told)).toMatchObject({ start: expect.stringContaining('?token=[redacted]') });
  });
});

it('finds a token inside a dotted name, after a dash, and two in one word', () => {
  const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl';
  for (const text of [`www.example.${jwt}`, `x-${jwt}`, `${jwt}.a.b.${jwt}`, `token:${jwt},`]) {
    expect(redactText(text)).not.toContain('c2lnbmF0dXJl');
  }
  expect(redactText('eyJ and eyJhbGciOiJSUzI1NiJ9.only-two of keyJar.a.b')).toBe(
    'eyJ and eyJhbGciOiJSUzI1NiJ9.only-two of keyJar.a.b',
  );
});
