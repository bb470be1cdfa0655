import { readFile } from 'node:fs/promises';
import { parseEnv as parseDotEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ENV_NAMES, parseEnv } from './env.ts';

const example = await readFile(new URL('../../.env.example', import.meta.url), 'utf8');
const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
/** Every line, those that are commented out as well. */
const shown = parseDotEnv(example.replaceAll(/^#(?=[A-Z])/gm, ''));
/** Nobody sets it for the portal. */
const told = ENV_NAMES.filter((name) => name !== 'PATH');

describe('.env.example', () => {
  it('shows every variable, and none that is not read', () => {
    expect(Object.keys(shown).toSorted()).toEqual(told.toSorted());
  });

  it('starts a portal once it has a secret, and shows the defaults as they are', () => {
    const started = parseEnv({ ...parseDotEnv(example), NEXTAUTH_SECRET: 'sixteen letters!' });
    const numbers = Object.entries(started).filter(([, value]) => typeof value === 'number');
    expect(numbers.length).toBeGreaterThan(5);
    for (const [name, value] of numbers) expect(Number(shown[name]), name).toBe(value);
  });
});

describe('README', () => {
  it('has every variable in its table', () => {
    expect(told.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});
