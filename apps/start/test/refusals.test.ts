// What `npm start` refuses: with one clear sentence, exit code 1, and nothing left running.
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { freePort, openStranger, runStart, scratchFolder } from './program.ts';

const folder = scratchFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function refusal(env: Record<string, string>): Promise<string> {
  const { code, output } = await runStart({ DATA_DIR: path.join(folder, 'data'), ...env }).ended;
  expect(code).toBe(1);
  return output.trim();
}

describe('a bad value in the environment', () => {
  test.each([
    ['PORT', 'abc', 'it must be a port from 1 to 65535'],
    ['PORT', '0', 'it must be a port from 1 to 65535'],
    ['SANDBOX_PORT', '70000', 'it must be a port from 1 to 65535'],
    ['DATABASE_URL', 'mysql://localhost/x', 'it must be like postgresql://user:password@host:5432/database'],
    [
      'DATABASE_URL',
      'postgresql://localhost',
      'it must be like postgresql://user:password@host:5432/database',
    ],
    ['AGENDA_URL', 'redis://localhost', 'it must begin with postgres:// or mongodb://'],
    ['LOG_LEVEL', 'loud', 'it must be one of trace, debug, info, warn, error, fatal, silent'],
    ['OPEN', 'yes', 'it must be one of 0, 1'],
    ['CLOCK_SCALE', '0', 'it must be a number above 0'],
    ['CLOCK_SCALE', 'fast', 'it must be a number above 0'],
    ['SANDBOX_LIMITS', '60,5', "it must be calls a minute, at once and a day, like '60,5,5000', or 'off'"],
    ['SANDBOX_LATENCY_MS', '1.5', 'it must be a whole number of milliseconds'],
  ])('%s=%s is one sentence', async (name, value, wanted) => {
    expect(await refusal({ [name]: value })).toBe(`${name} is '${value}': ${wanted}.`);
  });

  test('never shows a password', async () => {
    const said = await refusal({ DATABASE_URL: 'mysql://owner:hunter2@localhost/x' });
    expect(said).toContain("DATABASE_URL is 'mysql://owner:…@localhost/x'");
    expect(said).not.toContain('hunter2');
  });

  test('is told for every variable at once, one line each', async () => {
    expect((await refusal({ PORT: 'x', OPEN: 'x', LOG_LEVEL: 'x' })).split('\n')).toHaveLength(3);
  });

  test('half a pair of Xero credentials, and a simulated clock with the real Xero, are contradictions', async () => {
    expect(await refusal({ XERO_CLIENT_ID: 'a' })).toMatch(
      /^XERO_CLIENT_ID is set without XERO_CLIENT_SECRET/,
    );
    const both = await refusal({ XERO_CLIENT_ID: 'a', XERO_CLIENT_SECRET: 'b', CLOCK_SCALE: '60' });
    expect(both).toMatch(/^CLOCK_SCALE is for the sandbox/);
  });
});

describe('a port that another program has', () => {
  test.each(['PORT', 'SANDBOX_PORT'])('names the port and %s', async (variable) => {
    const stranger = await openStranger();
    const ports = { PORT: String(await freePort()), SANDBOX_PORT: String(await freePort()) };
    const said = await refusal({ ...ports, [variable]: String(stranger.port) });
    stranger.close();
    expect(said).toBe(
      `Port ${stranger.port} is taken by another program: end it, or choose another port with ${variable}.`,
    );
  });
});

describe('a data folder that cannot be used', () => {
  test('a file in its place is named', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    expect(await refusal({ DATA_DIR: file })).toContain(`DATA_DIR ${file} cannot be used`);
  });

  test('a place that takes no folders is named', async (ctx) => {
    if (!existsSync('/proc/self')) ctx.skip('there is no /proc on this system');
    expect(await refusal({ DATA_DIR: '/proc/stockbook' })).toMatch(
      /^DATA_DIR \/proc\/stockbook cannot be used: .+\.$/,
    );
  });

  test('as root, the folder that PostgreSQL cannot enter is named with the mode to set', async (ctx) => {
    if (process.getuid?.() !== 0) ctx.skip('only root gives PostgreSQL a user of its own');
    const closed = path.join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o700);
    const said = await refusal({ DATA_DIR: path.join(closed, 'data') });
    expect(said).toContain(`cannot enter ${closed}: set mode 755 on it (chmod 755 '${closed}')`);
  });
});

test('a database that does not answer is one sentence after the warning about its roles', async () => {
  const ports = { PORT: String(await freePort()), SANDBOX_PORT: String(await freePort()) };
  const said = await refusal({
    ...ports,
    DATABASE_URL: `postgresql://nobody@127.0.0.1:${await freePort()}/none`,
  });
  const [warning, sentence] = said.split('\n').slice(-2);
  expect(warning).toMatch(/^Warning: DATABASE_ADMIN_URL is not set/);
  expect(sentence).toMatch(/^The database of DATABASE_URL cannot be used: .*ECONNREFUSED/);
});
