import type pg from 'pg';

/**
 * Everything that a database's schema is made of, a line each: what `pg_dump --schema-only` would write, its grants
 * included, and the server's roles beside it. Two equal lists are equal schemas.
 */
const LINES = `
  SELECT 'schema ' || nspname || coalesce(nspacl, acldefault('n', nspowner))::text AS line FROM pg_namespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
  UNION ALL SELECT format('%s %s owner=%s security=%s,%s acl=%s', relkind, oid::regclass, relowner::regrole, relrowsecurity,
      relforcerowsecurity, (SELECT string_agg(a::text, ',' ORDER BY a::text)
        FROM unnest(coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner))) a))
    FROM pg_class WHERE relnamespace = 'media'::regnamespace AND relkind <> 'i'
  UNION ALL SELECT format('column %s.%s %s %s %s %s', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull,
      pg_get_expr(adbin, adrelid), attacl)
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relnamespace = 'media'::regnamespace AND relkind IN ('r', 'v') AND attnum > 0 AND NOT attisdropped
  UNION ALL SELECT format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
    WHERE connamespace = 'media'::regnamespace
  UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'media'
  UNION ALL SELECT pg_get_triggerdef(oid) || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT format('policy %s', polname) FROM pg_policy
  UNION ALL SELECT pg_get_functiondef(oid) || coalesce(proacl, acldefault('f', proowner))::text FROM pg_proc
    WHERE pronamespace = 'media'::regnamespace AND prokind <> 'a'
  UNION ALL SELECT format('type %s', oid::regtype) FROM pg_type WHERE typnamespace = 'media'::regnamespace
  UNION ALL SELECT format('extension %s %s', extname, extnamespace::regnamespace) FROM pg_extension
  UNION ALL SELECT format('default %s', d) FROM pg_default_acl d
  UNION ALL SELECT format('role %s', rolname) FROM pg_roles WHERE rolname !~ '^pg_'
  ORDER BY 1`;

/** @param client a superuser's connection, which sees everything. */
export const readSchemaSnapshot = async (client: pg.Client): Promise<string[]> =>
  (await client.query<{ line: string }>(LINES)).rows.map(({ line }) => line);
