import fc from 'fast-check';
import type { ApiDocument, JsonSchema } from './api-document.ts';

/** What programs, people and attackers send where something else was meant. */
const HOSTILE = [
  ...[
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e308,
    -1e308,
    2 ** 53,
    Number.MIN_VALUE,
    '',
    ' ',
    '0',
    'null',
    'undefined',
    'NaN',
  ],
  ...[[], {}, [[]], [null], { $ne: null }, { $gt: '' }, { length: 1e9 }, { toString: 1 }, ['a', ['b']]],
  ...[
    "' OR '1'='1",
    '"; DROP TABLE media.clips; --',
    '%',
    '_',
    '\\',
    '%00',
    '\0',
    '\u202Etxt',
    '\uD800',
    '👨‍👩‍👧‍👦',
    'İ',
    'ß',
  ],
  ...['../../etc/passwd', '..%2f', 'gs://other/key', 'gs://a@b/c', 'http://169.254.169.254/', '<script>', '{{7*7}}'],
  ...[
    'x'.repeat(5000),
    '９'.repeat(30),
    '1e9',
    '0x10',
    '-0',
    '2025-02-30',
    '9999-12-31',
    '00000000-0000-0000-0000-000000000000',
  ],
  ...Array.from({ length: 1 }, () => JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}}}')),
];

export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  // Deeper than any recursion that was not meant.
  fc.constantFrom(10, 2000).map((depth) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown),
);

const typesOf = (schema: JsonSchema): string[] => [schema.type].flat().filter((type) => typeof type === 'string');

/** Numbers round the bounds of a schema, and within them. */
function numberOf(schema: JsonSchema, isInteger: boolean): fc.Arbitrary<number> {
  const min = Number(schema.minimum ?? schema.exclusiveMinimum ?? -1000);
  const max = Number(schema.maximum ?? schema.exclusiveMaximum ?? 1000);
  const [low, high] = [Math.max(min, -1e9), Math.min(max, 1e9)];
  const within = isInteger
    ? fc.integer({ min: Math.ceil(low), max: Math.floor(high) })
    : fc.double({ min: low, max: high, noNaN: true });
  return fc.oneof({ weight: 4, arbitrary: within }, fc.constantFrom(min, max, min - 1, max + 1));
}

function textOf(schema: JsonSchema): fc.Arbitrary<string> {
  if (schema.format === 'uuid') return fc.uuid();
  if (schema.format === 'date') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
  if (typeof schema.pattern === 'string') return fc.stringMatching(new RegExp(schema.pattern), { maxLength: 80 });
  const [min, max] = [Number(schema.minLength ?? 0), Math.min(Number(schema.maxLength ?? 60), 300)];
  return fc.oneof(
    { weight: 4, arbitrary: fc.string({ minLength: min, maxLength: max, unit: 'grapheme' }) },
    fc.constantFrom('x'.repeat(Number(schema.maxLength ?? 60)), 'x'.repeat(Number(schema.maxLength ?? 60) + 1)),
  );
}

/**
 * Values by a schema of the document: mostly what it asks for, its boundaries among them, and now and then anything
 * else. `known` has values for fields whose sound ones a generator would not find.
 */
export function valueBy(
  document: ApiDocument,
  schema: JsonSchema,
  known: Readonly<Record<string, readonly unknown[]>>,
): fc.Arbitrary<unknown> {
  const by = (part: JsonSchema): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 9, arbitrary: sound(part) }, { weight: 1, arbitrary: hostileValue });

  const objectOf = ({ properties = {}, required = [] }: JsonSchema): fc.Arbitrary<unknown> => {
    const fields = Object.entries(properties as Record<string, JsonSchema>).map(([name, part]) => {
      const listed = known[name];
      return [name, listed ? fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...listed) }, by(part)) : by(part)];
    });
    const whole = fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, {
      requiredKeys: required as string[],
    });
    // One field missing, or one too many.
    const missing = fc.tuple(whole, fc.nat()).map(([value, at]) => {
      const name = Object.keys(value)[at % Math.max(1, Object.keys(value).length)];
      return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
    });
    const extra = fc
      .tuple(whole, fc.constantFrom('extra', '__proto__', 'constructor', '$where', 'id', 'role'), hostileValue)
      .map(([value, name, more]) => Object.fromEntries([...Object.entries(value), [name, more]]));
    return fc.oneof({ weight: 6, arbitrary: whole }, missing, extra);
  };

  const sound = (part: JsonSchema): fc.Arbitrary<unknown> => {
    if (typeof part.$ref === 'string') {
      return sound(document.components.schemas[part.$ref.replace('#/components/schemas/', '')] ?? {});
    }
    if (Array.isArray(part.enum)) return fc.constantFrom(...part.enum);
    if ('const' in part) return fc.constant(part.const);
    const options = (part.anyOf ?? part.oneOf) as JsonSchema[] | undefined;
    if (options) return fc.oneof(...options.map(sound));
    const types = typesOf(part);
    if (types.length > 1) return fc.oneof(...types.map((type) => sound({ ...part, type })));
    switch (types[0]) {
      case 'object':
        return objectOf(part);
      case 'array':
        return fc.array(by((part.items ?? {}) as JsonSchema), { maxLength: 4 });
      case 'integer':
      case 'number':
        return numberOf(part, types[0] === 'integer');
      case 'string':
        return textOf(part);
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      default:
        return hostileValue;
    }
  };

  return by(schema);
}
