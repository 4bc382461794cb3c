// `npm start` whole: five processes, kept alive, found again after kill -9, and stopped in order.
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  freePort,
  isAlive,
  type Running,
  run,
  runStart,
  scratchFolder,
  starterFolder,
  until,
} from './program.ts';

const NAMES = ['starter', 'postgres', 'sandbox', 'api', 'worker'];

const folder = scratchFolder();
let env: Record<string, string>;
let stack: Running;

beforeAll(async () => {
  env = { DATA_DIR: folder, PORT: String(await freePort()), SANDBOX_PORT: String(await freePort()) };
});

afterAll(async () => {
  for (const pid of Object.values(pids())) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  await until('all processes are gone', () => !Object.values(pids()).some(isAlive));
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

function pids(): Record<string, number> {
  const file = path.join(folder, 'run.json');
  if (!existsSync(file)) return {};
  const noted: Record<string, number> = JSON.parse(readFileSync(file, 'utf8'));
  return Object.fromEntries(NAMES.flatMap((name) => (noted[name] ? [[name, noted[name]]] : [])));
}

async function startReady(): Promise<string> {
  stack = runStart(env);
  return stack.says(/^Stockbook is ready: /);
}

async function killOne(name: string): Promise<void> {
  const before = pids();
  process.kill(before[name] ?? 0, 'SIGKILL');
  await until(`another ${name} runs`, () => {
    const now = pids()[name];
    return now !== undefined && now !== before[name] && isAlive(now);
  });
}

async function answers(): Promise<boolean> {
  const reply = await fetch(`http://localhost:${env.PORT}/`).catch(() => undefined);
  return reply?.ok ?? false;
}

describe.sequential('npm start', () => {
  test('says where it is ready, with five processes in run.json and its secrets for nobody else', async () => {
    expect(await startReady()).toBe(`Stockbook is ready: http://localhost:${env.PORT}`);
    expect(Object.keys(pids()).sort()).toEqual([...NAMES].sort());
    expect(Object.values(pids()).every(isAlive)).toBe(true);
    expect(statSync(path.join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(await answers()).toBe(true);
  });

  test('a second start on the same data folder names the first one and ends with 1', async () => {
    const { code, output } = await runStart(env).ended;
    expect(code).toBe(1);
    expect(output).toContain(`Stockbook is already running with ${folder}: http://localhost:${env.PORT}`);
  });

  test.each(['worker', 'api', 'sandbox'])('starts the %s again after kill -9, and says so', async (name) => {
    await killOne(name);
    expect(await stack.says(new RegExp(`^The ${name} ended by SIGKILL; it starts again`))).toBeTruthy();
    await until('the API answers', answers);
  });

  test('starts PostgreSQL again after kill -9', async () => {
    await killOne('postgres');
    await until('the API answers', answers);
  });

  test('a second worker runs apart on the same database, and ends when told', async () => {
    const second = run([`${starterFolder}run.mjs`, 'worker'], env);
    await second.says(/^The worker is ready\./);
    second.child.kill('SIGTERM');
    expect((await second.ended).code).toBe(0);
  });

  test('after kill -9 of the starter its children end, and the next start is ready again', async () => {
    const { postgres, ...others } = pids();
    stack.child.kill('SIGKILL');
    await until('the children are gone', () => !Object.values(others).some(isAlive));
    await startReady();
    expect(pids().postgres).toBe(postgres);
    expect(await answers()).toBe(true);
  });

  test('one interrupt stops everything in order and exits 0; all is found again by the next start', async () => {
    const running = Object.values(pids());
    const secrets = readFileSync(path.join(folder, 'secrets.json'), 'utf8');
    stack.child.kill('SIGINT');
    expect((await stack.ended).code).toBe(0);
    expect(running.some(isAlive)).toBe(false);
    await startReady();
    expect(readFileSync(path.join(folder, 'secrets.json'), 'utf8')).toBe(secrets);
    stack.child.kill('SIGTERM');
    expect((await stack.ended).code).toBe(0);
  });
});
