// The embedded PostgreSQL across crashes: found again alive, cleaned up dead, never two, never a stranger's.
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isAlive, run, scratchFolder, starterFolder, until } from './program.ts';

const folder = scratchFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Started = { pid: number; port: number; reused: boolean };

/** Starts the cluster of the folder from a process of its own, which then ends and leaves it running. */
async function startAndLeave(): Promise<Started> {
  const program = `
    import { startPostgres } from ${JSON.stringify(`${starterFolder}postgres.mjs`)};
    const { pid, port, reused } = await startPostgres(${JSON.stringify(folder)}, { fsync: 'off' });
    console.log(JSON.stringify({ pid, port, reused }));
    process.exit(0);`;
  const { code, output } = await run(['--input-type=module', '-e', program]).ended;
  expect(code, output).toBe(0);
  return JSON.parse(output);
}

function readPidFile(): string[] {
  return readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
}

describe('one data folder', () => {
  let first: Started;

  test('gets a cluster that listens on the loopback address only, with its passwords in a file of mode 600', async () => {
    first = await startAndLeave();
    expect(first.reused).toBe(false);
    expect(readPidFile()[5]).toBe('127.0.0.1');
    expect(statSync(path.join(folder, 'postgres.json')).mode & 0o777).toBe(0o600);
  });

  test('as root, the cluster runs as a user of its own', (ctx) => {
    if (process.getuid?.() !== 0) ctx.skip('only root gives PostgreSQL a user of its own');
    expect(statSync(path.join(folder, 'postgres')).uid).not.toBe(0);
    const status = readFileSync(`/proc/${first.pid}/status`, 'utf8');
    expect(status).toMatch(new RegExp(`^Uid:\\t${statSync(path.join(folder, 'postgres')).uid}\\t`, 'm'));
  });

  test('a start that finds it alive takes it over', async () => {
    expect(await startAndLeave()).toEqual({ ...first, reused: true });
  });

  test('after kill -9 of the postmaster the next start brings it back on the same port', async () => {
    process.kill(first.pid, 'SIGKILL');
    const second = await startAndLeave();
    expect(second).toMatchObject({ port: first.port, reused: false });
    expect(second.pid).not.toBe(first.pid);
    first = second;
  });

  test('a pid file whose number now belongs to another program stops nobody', async () => {
    process.kill(first.pid, 'SIGKILL');
    await until('the postmaster is gone', () => !isAlive(first.pid));
    const lines = readPidFile();
    writeFileSync(
      path.join(folder, 'postgres', 'postmaster.pid'),
      [String(process.pid), ...lines.slice(1)].join('\n'),
    );
    first = await startAndLeave();
    expect(first.reused).toBe(false);
    process.kill(first.pid, 'SIGINT');
    await until('the postmaster is gone', () => !isAlive(first.pid));
  });
});
