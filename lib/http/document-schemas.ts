/** What JSON Schema can say of a rule that a schema's own code holds: for `meta`, beside `refine`. */

interface ObjectSchema {
  type?: unknown;
  properties?: Record<string, unknown>;
  required?: string[];
  additionalProperties?: unknown;
  oneOf?: unknown;
}
interface Described {
  jsonSchema: ObjectSchema;
}

/** One way to have an object: without some of its fields, with others that must be there or are narrower. */
interface Way {
  without: readonly string[];
  required?: readonly string[];
  properties?: Record<string, unknown>;
}

/** Says each way whole, rather than as a condition: linters and generators of clients know nothing else. */
const waysOf = (ways: readonly Way[]) => ({
  override: ({ jsonSchema }: Described) => {
    const { type, properties = {}, required = [], additionalProperties } = jsonSchema;
    for (const name of ['type', 'properties', 'required', 'additionalProperties'] as const) delete jsonSchema[name];
    jsonSchema.oneOf = ways.map((way) => ({
      type,
      properties: {
        ...Object.fromEntries(Object.entries(properties).filter(([name]) => !way.without.includes(name))),
        ...way.properties,
      },
      required: [...required, ...(way.required ?? [])],
      additionalProperties,
    }));
  },
});

/** Exactly one of these fields is there. */
export const exactlyOneOf = (...names: string[]) =>
  waysOf(names.map((name) => ({ required: [name], without: names.filter((other) => other !== name) })));

/** A field that is there for one value of another field, and for no other. */
export const requiredWith = (field: string, name: string, value: string, others: readonly string[]) =>
  waysOf([
    { without: [], required: [field], properties: { [name]: { type: 'string', const: value } } },
    { without: [field], properties: { [name]: { type: 'string', enum: others } } },
  ]);

/** A change says at least one field. */
export const AT_LEAST_ONE_FIELD = { override: { minProperties: 1 } };

/** Of a list in which a value that stands twice is refused. */
export const NO_REPEATS = { override: { uniqueItems: true } };
