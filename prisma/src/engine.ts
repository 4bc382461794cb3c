// Prisma's schema engine, compiled to WebAssembly, on node-postgres: no engine binary is ever downloaded.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import { openDatabase, openShadowDatabase } from './migration-adapter.ts';

/**
 * Opens the engine on one database and closes it after `work`. `datamodels` are pairs of path and text, one for each file of the schema.
 * Throws the engine's own words, a panic's included.
 */
export async function withSchemaEngine<Result>(
  url: string,
  datamodels: [string, string][],
  work: (engine: glue.SchemaEngine) => Promise<Result>,
): Promise<Result> {
  loadWasm();
  const opened: SqlDriverAdapter[] = [];
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: 'postgres',
    adapterName: '@stockbook/db',
    connect: async () => kept(opened, await openDatabase(url)),
    connectToShadowDb: () => openShadowDatabase(url),
  };
  const adapters = bindMigrationAwareSqlAdapterFactory(factory);
  const engine = await glue.SchemaEngine.new({ datamodels }, () => undefined, adapters);
  try {
    return await work(engine);
  } finally {
    engine.free();
    // Freeing leaves the connection open, and with it the lock on migrations.
    for (const adapter of opened) await adapter.dispose();
  }
}

function kept(opened: SqlDriverAdapter[], adapter: SqlDriverAdapter): SqlDriverAdapter {
  opened.push(adapter);
  return adapter;
}

/** Node has it; its types come with the browser's, which are not loaded here. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
};

let loaded = false;

function loadWasm(): void {
  if (loaded) return;
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = readFileSync(path.join(path.dirname(script), 'schema_engine_bg.wasm'));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    './schema_engine_bg.js': engineImports(),
  });
  glue.__wbg_set_wasm(exports);
  if (typeof exports.__wbindgen_start === 'function') exports.__wbindgen_start();
  // Without a registry a panic says only "unreachable".
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => console.error(message) },
  });
  loaded = true;
}

/** The engine never clears its timers, ten seconds for the lock; they must not keep a finished process alive. */
function engineImports(): object {
  const quietTimeout = (callback: () => void, delayMs: number) => setTimeout(callback, delayMs).unref();
  const timers = Object.keys(glue).filter((name) => name.startsWith('__wbg_setTimeout_'));
  return { ...glue, ...Object.fromEntries(timers.map((name) => [name, quietTimeout])) };
}
