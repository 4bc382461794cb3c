// The machine and the versions that figures were measured with.
import { createRequire } from 'node:module';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import type { Machine } from './table.ts';

export function readMachine(): Machine {
  const [cpu] = cpus();
  const memory = `${(totalmem() / 1024 ** 3).toFixed(1)} GB`;
  return {
    hardware: `${availableParallelism()} x ${cpu?.model ?? 'unknown CPU'}, ${memory}`,
    load: loadavg().map((average) => Math.round(average * 100) / 100),
    at: new Date().toISOString().slice(0, 10),
  };
}

export function versionOf(dependency: string): string {
  const manifest: { version?: unknown } = createRequire(import.meta.url)(`${dependency}/package.json`);
  return String(manifest.version);
}
