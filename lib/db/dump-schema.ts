import type pg from 'pg';

/**
 * The statements that would make a schema, a line or more each, from the catalogue: the server that the tests bring has no
 * `pg_dump`. Of a function there is what a caller sees; its text is in `prisma/functions`.
 */
const STATEMENTS = `
  WITH relations AS (
    SELECT c.oid, c.relkind, c.oid::regclass::text AS name, c.relname, c.relowner, c.relacl, c.relrowsecurity,
      c.relforcerowsecurity, c.relpersistence
    FROM pg_class c WHERE c.relnamespace = 'media'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'S')
  ), routines AS (
    SELECT p.oid, p.oid::regprocedure::text AS name, p.proowner, p.proacl, p.provolatile, p.prosecdef, p.proparallel,
      p.proisstrict, p.proconfig, pg_get_function_result(p.oid) AS result, pg_get_function_arguments(p.oid) AS arguments
    FROM pg_proc p WHERE p.pronamespace = 'media'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
  ), owned (kind, name, owner, acl, preset) AS (
    SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE ' ELSE '' END, name, relowner, relacl,
      acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner) FROM relations
    UNION ALL SELECT 'FUNCTION ', name, proowner, proacl, acldefault('f', proowner) FROM routines
    UNION ALL SELECT 'SCHEMA ', nspname, nspowner, nspacl, acldefault('n', nspowner) FROM pg_namespace WHERE nspname = 'media'
  ), granted AS (
    SELECT o.kind, o.name, coalesce(nullif(a.grantee::regrole::text, '-'), 'PUBLIC') AS grantee,
      string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type) AS privileges
    FROM owned o, aclexplode(coalesce(o.acl, o.preset)) a WHERE a.grantee <> o.owner GROUP BY 1, 2, 3
  ), columns AS (
    SELECT r.name, string_agg(format('    %s %s%s%s%s', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
      CASE WHEN a.attcollation <> t.typcollation THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END,
      coalesce(CASE a.attgenerated WHEN '' THEN ' DEFAULT ' ELSE ' GENERATED ALWAYS AS ' END || pg_get_expr(d.adbin, d.adrelid), ''),
      CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END), E',\\n' ORDER BY a.attnum) AS list
    FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE r.relkind = 'r' GROUP BY r.name
  ), statements (part, about, statement) AS (
    SELECT 1, r.name, format(E'CREATE %sTABLE %s (\\n%s\\n)', CASE r.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END, r.name, c.list)
      FROM relations r JOIN columns c USING (name)
    UNION ALL SELECT 1, r.name, format('ALTER TABLE %s ADD CONSTRAINT %I %s', r.name, k.conname, pg_get_constraintdef(k.oid))
      FROM relations r JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype <> 'n'
    UNION ALL SELECT 2, r.name, pg_get_indexdef(i.indexrelid) FROM relations r JOIN pg_index i ON i.indrelid = r.oid
      WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
    UNION ALL SELECT 2, r.name, format('ALTER INDEX media.%I ALTER COLUMN %s SET STATISTICS %s', x.relname, a.attnum, a.attstattarget)
      FROM relations r JOIN pg_index i ON i.indrelid = r.oid JOIN pg_class x ON x.oid = i.indexrelid
      JOIN pg_attribute a ON a.attrelid = x.oid AND a.attstattarget IS NOT NULL
    UNION ALL SELECT 3, r.name, pg_get_triggerdef(t.oid)
      || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' -- fires: ' || t.tgenabled::text END
      FROM relations r JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
    UNION ALL SELECT 4, r.name, format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', r.name) FROM relations r WHERE r.relrowsecurity
    UNION ALL SELECT 4, r.name, format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', r.name) FROM relations r WHERE r.relforcerowsecurity
    UNION ALL SELECT 4, r.name, format('CREATE POLICY %I ON %s AS %s FOR %s TO %s%s%s', p.policyname, r.name, p.permissive, p.cmd,
        array_to_string(p.roles, ', '), E'\\n    USING (' || p.qual || ')', E'\\n    WITH CHECK (' || p.with_check || ')')
      FROM relations r JOIN pg_policies p ON p.schemaname = 'media' AND p.tablename = r.relname
    UNION ALL SELECT 5, r.name, format(E'CREATE VIEW %s%s AS\\n%s', r.name, (SELECT ' WITH (' || array_to_string(reloptions, ', ') || ')'
        FROM pg_class WHERE oid = r.oid), rtrim(pg_get_viewdef(r.oid, true), ';'))
      FROM relations r WHERE r.relkind IN ('v', 'm')
    UNION ALL SELECT 6, r.name, format('FUNCTION %s(%s) RETURNS %s%s%s%s%s', split_part(r.name, '(', 1), r.arguments,
        coalesce(r.result, 'nothing'), CASE r.provolatile WHEN 'i' THEN ' IMMUTABLE' WHEN 's' THEN ' STABLE' ELSE '' END,
        CASE WHEN r.proisstrict THEN ' STRICT' ELSE '' END || CASE r.proparallel WHEN 's' THEN ' PARALLEL SAFE' ELSE '' END,
        CASE WHEN r.prosecdef THEN ' SECURITY DEFINER' ELSE '' END, ' SET ' || array_to_string(r.proconfig, ' SET '))
      FROM routines r
    UNION ALL SELECT 7, g.name, format('GRANT %s ON %s%s TO %s', g.privileges, g.kind, g.name, g.grantee) FROM granted g
    UNION ALL SELECT 8, '', format('ALTER DEFAULT PRIVILEGES IN SCHEMA media GRANT %s ON %s TO %s',
        (SELECT string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type) FROM aclexplode(d.defaclacl) a
          WHERE a.grantee = 'heartbeat_web'::regrole),
        CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' ELSE d.defaclobjtype::text END, 'heartbeat_web')
      FROM pg_default_acl d WHERE d.defaclnamespace = 'media'::regnamespace
  )
  SELECT part, statement FROM statements ORDER BY part, about COLLATE "C", statement COLLATE "C"`;

const PARTS = [
  'Tables',
  'Indexes',
  'Triggers',
  'Row-level security',
  'Views',
  'Functions',
  'Grants',
  'Of what is to come',
];

/**
 * The schema `media` as one text in a stable order: what migrations and function files amount to. Two equal texts are two
 * equal schemas.
 * @param client whose search path has no schema `media`, so that every name is whole.
 */
export async function dumpSchema(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ part: number; statement: string }>(STATEMENTS);
  const parts = PARTS.map((title, index) => {
    const own = rows.filter(({ part }) => part === index + 1).map(({ statement }) => `${statement};`);
    return `-- ${title}\n\n${own.join('\n')}\n`;
  });
  return `-- What prisma/migrations and prisma/functions amount to. Written by npm run db:dump; a test compares it.\n\n${parts.join('\n')}`;
}
