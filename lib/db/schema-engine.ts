import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import * as engineBindings from '@prisma/schema-engine-wasm/schema_engine_bg';

const require = createRequire(import.meta.url);
const PRISMA_DIR = path.resolve(import.meta.dirname, '../../prisma');

let instantiated: Promise<void> | undefined;

/** Prisma's schema engine as WebAssembly: the CLI's native one would have to be downloaded (docs/adr/0002). */
async function instantiateEngine(): Promise<void> {
  const wasmFile = path.join(path.dirname(require.resolve('@prisma/schema-engine-wasm')), 'schema_engine_bg.wasm');
  const { instance } = await WebAssembly.instantiate(await readFile(wasmFile), {
    './schema_engine_bg.js': engineBindings as unknown as WebAssembly.ModuleImports,
  });
  const bindings = engineBindings as unknown as { __wbg_set_wasm(wasm: WebAssembly.Exports): void };
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

/**
 * Prisma's adapter runs a script by splitting it at every `;`, which breaks function bodies. Sent whole, Postgres
 * parses it, and runs it as one transaction: a migration is applied whole or not at all.
 */
class WholeScriptPrismaPg extends PrismaPg {
  readonly #connected: { dispose(): Promise<void> }[] = [];
  /** What Postgres said of the last script that failed; the engine itself says "external error". */
  scriptFault: unknown;

  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await adapter
        .underlyingDriver()
        .query(script)
        .catch((error: unknown) => {
          this.scriptFault = error;
          throw error;
        });
    };
    this.#connected.push(adapter);
    return adapter;
  }

  /** The engine holds an advisory lock for as long as its connection lives, so it must not be left to idle out. */
  async disposeAll(): Promise<void> {
    await Promise.all(this.#connected.map((adapter) => adapter.dispose()));
  }
}

/**
 * A migration that waits for a table holds up everybody who comes after it, readers too. So it gives up before a query
 * of the web does, and is tried again.
 */
export const LOCK_TIMEOUT_MS = 2000;

/**
 * Runs `use` with the schema engine on one database. The table of migrations lives in schema `media`, beside what it
 * describes.
 */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  use: (engine: engineBindings.SchemaEngine) => Promise<T>,
): Promise<T> {
  instantiated ??= instantiateEngine();
  await instantiated;
  const schemaFile = path.join(PRISMA_DIR, 'schema.prisma');
  const adapter = new WholeScriptPrismaPg(
    { connectionString: databaseUrl, options: `-c search_path=media,public -c lock_timeout=${LOCK_TIMEOUT_MS}` },
    { schema: 'media' },
  );
  const engine = await engineBindings.SchemaEngine.new(
    { datamodels: [[schemaFile, await readFile(schemaFile, 'utf8')]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
  try {
    return await use(engine);
  } catch (error) {
    throw adapter.scriptFault ?? error;
  } finally {
    engine.free();
    await adapter.disposeAll();
  }
}

/** `prisma/migrations` in the form that the engine reads. */
export async function readMigrations(): Promise<MigrationList> {
  const baseDir = path.join(PRISMA_DIR, 'migrations');
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = names.sort().map(async (name) => ({
    path: name,
    migrationFile: {
      path: 'migration.sql',
      content: { tag: 'ok' as const, value: await readFile(path.join(baseDir, name, 'migration.sql'), 'utf8') },
    },
  }));
  return {
    baseDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(path.join(baseDir, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(migrationDirectories),
  };
}
