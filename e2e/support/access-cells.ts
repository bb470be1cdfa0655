import { rightOf } from './access-rules.ts';
import { MAKERS, type Maker } from './access-targets.ts';
import type { Target } from './access-things.ts';
import type { ApiDocument, ApiOperation, JsonSchema } from './api-document.ts';

type Place = keyof typeof MAKERS;

/** One way in which an operation names something that is somebody's. */
export interface Naming {
  place: Place;
  name: string;
  /** Where it stands in the body; empty for a parameter. */
  at: readonly (string | number)[];
  isList: boolean;
  /** Its ids are numbers. */
  isNumber: boolean;
  maker: Maker;
}

/** Parameters of the path that name nobody's thing, with a sound value. */
export const PLAIN_PARAMETERS: Readonly<Record<string, string>> = {
  ...{ tag: 'matrix', file: 'playlist.m3u8' },
  // What a link shows is opened by its token, whoever asks.
  ...{ item_id: '0b2f9c1e-8f2d-4a6b-9a3e-2f1d3c4b5a69', name: 'sealed' },
  // A crest is everybody's to see.
  crest: `${'0'.repeat(64)}.png`,
  // A game is a team's: the team in front of it says whose.
  ...{ season: '2025-2026', game_id: '20031' },
};

/** Fields and filters that look as if they named something of somebody's, and why they do not. */
const PLAIN_FIELDS: Readonly<Record<string, string>> = {
  'body clip_id': 'the id that a new clip is to have',
  'body player_id': 'whom a clip or an account is of; teams decide who may make it',
  'body game_id': 'a name within a team',
  'body item_id': 'what a link shows is opened by its pass, whoever asks',
  'filter game_id': 'a name within a team',
  'filter named_ids': 'whom plays name beside the one who acts: whose plays are seen, reach says',
  'filter last_event_id': 'a place in time',
};
const LOOKS_LIKE_A_NAMING = /_ids?$|^team_/;

const whereOf = ({ method, path }: ApiOperation) => `${method} ${path}`;

function makerOf(operation: ApiOperation, place: Place, name: string): Maker | null {
  const maker = MAKERS[place][name];
  if (maker) return maker;
  if (place === 'path' ? name in PLAIN_PARAMETERS : !LOOKS_LIKE_A_NAMING.test(name)) return null;
  if (`${place} ${name}` in PLAIN_FIELDS) return null;
  const plain = place === 'path' ? 'PLAIN_PARAMETERS' : 'PLAIN_FIELDS';
  throw new Error(
    `${whereOf(operation)}: whose is what "${name}" names? Add a maker of own, other and missing ones to MAKERS.${place} ` +
      `of access-targets.ts, or, if it is nobody's, name it in ${plain} of access-cells.ts.`,
  );
}

const resolved = ({ components }: ApiDocument, schema: JsonSchema): JsonSchema =>
  typeof schema.$ref === 'string'
    ? resolved({ components } as ApiDocument, components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {})
    : schema;

/** Every field of a body, with where it stands; the filter of a bulk change is a filter as in a query. */
function* fieldsOf(
  document: ApiDocument,
  part: JsonSchema,
  at: readonly (string | number)[] = [],
): Generator<{ at: readonly (string | number)[]; isList: boolean; isNumber: boolean }> {
  const schema = resolved(document, part);
  for (const option of (schema.oneOf ?? schema.anyOf ?? []) as JsonSchema[]) yield* fieldsOf(document, option, at);
  if (schema.items) yield* fieldsOf(document, schema.items as JsonSchema, [...at, 0]);
  for (const [name, field] of Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)) {
    const { type, items = {} } = resolved(document, field) as JsonSchema & { items?: JsonSchema };
    yield { at: [...at, name], isList: type === 'array', isNumber: items.type === 'integer' };
    yield* fieldsOf(document, field, [...at, name]);
  }
}

function bodyNamingsOf(document: ApiDocument, operation: ApiOperation): Naming[] {
  const schema = operation.requestBody?.content['application/json']?.schema;
  const found = new Map<string, Naming>();
  for (const { at, isList, isNumber } of schema ? fieldsOf(document, schema) : []) {
    const name = String(at.at(-1));
    const place = at.includes('filter') && name !== 'filter' ? 'filter' : 'body';
    const maker = makerOf(operation, place, name);
    if (maker) found.set(at.join('.'), { place, name, at, isList, isNumber, maker });
  }
  return [...found.values()];
}

/** Every way in which an operation names something of somebody's; those of its path in their order. */
export function namingsOf(document: ApiDocument, operation: ApiOperation): Naming[] {
  const parameters = (operation.parameters ?? []).filter(({ in: place }) => place !== 'header');
  const named = parameters.flatMap(({ in: where, name }): Naming[] => {
    const place = where === 'path' ? 'path' : 'filter';
    const maker = makerOf(operation, place, name);
    return maker ? [{ place, name, at: [], isList: false, isNumber: false, maker }] : [];
  });
  const inOrder = named.toSorted(
    (a, b) => operation.path.indexOf(`{${a.name}}`) - operation.path.indexOf(`{${b.name}}`),
  );
  return [...inOrder, ...bodyNamingsOf(document, operation)];
}

/** A row of the matrix for one caller: an operation, what of it is varied, and the kinds of targets: a cell each. */
export interface Row {
  operation: ApiOperation;
  naming: Naming | null;
  targets: readonly Target[];
}

/** Every row, made from the document. @throws for an operation, or a parameter, of which nobody said whose it is. */
export function rowsOf(document: ApiDocument, operations: readonly ApiOperation[]): Row[] {
  return operations.flatMap((operation): Row[] => {
    rightOf(operation);
    const namings = namingsOf(document, operation);
    if (namings.length === 0) return [{ operation, naming: null, targets: ['own'] }];
    return namings.map((naming) => ({ operation, naming, targets: naming.maker.kinds }));
  });
}
