import { describe, expect, it } from 'vitest';
import { createObjectSeal, type SealedObject } from './object-seal.ts';

const NOW = new Date('2026-11-28T20:00:00Z');
const OBJECT: SealedObject = {
  ...{ gcsUri: 'gs://media/MTL/2025-2026/20031/a-name/720.m4s', generation: '7', linkId: 'a-link' },
  expiresAt: new Date('2026-11-28T21:00:00Z'),
};
const seal = createObjectSeal('a secret');

describe('sealed names of objects', () => {
  it('open to the object again, until it ends', () => {
    const named = { ...OBJECT, downloadName: 'clip-01.mp4' };
    expect(seal.open(seal.close(named), NOW)).toEqual(named);
    expect(seal.open(seal.close(OBJECT), OBJECT.expiresAt)).toBeNull();
  });

  it('are the same for the same object, and others for others', () => {
    expect(seal.close(OBJECT)).toBe(seal.close({ ...OBJECT }));
    expect(seal.close({ ...OBJECT, linkId: 'another' })).not.toBe(seal.close(OBJECT));
  });

  it('say nothing', () => {
    const name = seal.close(OBJECT);
    const plain = `${name}${Buffer.from(name, 'base64url').toString('latin1')}`;
    for (const word of ['MTL', '20031', 'a-name', 'media', 'a-link']) expect(plain).not.toContain(word);
  });

  it.each(['', 'x', 'A'.repeat(100), seal.close(OBJECT).slice(1), `${seal.close(OBJECT)}A`])(
    'that were not given out open nothing: %s',
    (name) => {
      expect(seal.open(name, NOW)).toBeNull();
      expect(createObjectSeal('another').open(seal.close(OBJECT), NOW)).toBeNull();
    },
  );
});
