/* Tables of fields: what a table does not say of a field, the field is not (docs/adr/0047). */

/** The fields of a table of which it says something. */
export type FieldsSaying<T, S extends PropertyKey> = {
  [F in keyof T]: T[F] extends Readonly<Record<S, unknown>> ? F : never;
}[keyof T];

/** Their names, in the order of the table. */
export const fieldsSaying = <T extends Readonly<Record<string, object>>, S extends string>(
  table: T,
  said: S,
): FieldsSaying<T, S>[] =>
  Object.entries(table).flatMap(([name, field]) => (said in field ? [name as FieldsSaying<T, S>] : []));

/** What it says of them, by their names. */
export const saidInTable = <T extends Readonly<Record<string, object>>, S extends string>(table: T, said: S) =>
  Object.fromEntries(
    Object.entries(table).flatMap(([name, field]) =>
      said in field ? [[name, (field as Readonly<Record<string, unknown>>)[said]]] : [],
    ),
  ) as { [F in FieldsSaying<T, S>]: T[F] extends Readonly<Record<S, infer Value>> ? Value : never };
