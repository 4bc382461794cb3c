// Whatever is sent, the sandbox answers as Xero would: malformed bodies, headers, ids, filters and file names by the thousand.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBooks } from './books.ts';
import { faultOf } from './fuzz-judge.ts';
import { startTarget, type Target } from './fuzz-sandbox.ts';
import { type Shot, shotOf } from './fuzz-shot.ts';
import { readOnly, templates } from './fuzz-templates.ts';

/** Every night other calls, and more of them. */
const isNightly = process.env.STOCKBOOK_NIGHTLY === '1';
const usual = isNightly ? `${Math.floor(Date.now() / 86_400_000)}:0-49999` : '20260302:0-9999';
/** `FUZZ=7` takes the calls of seed 7, `FUZZ=7:17` its call 17 alone, `FUZZ=7:0-17` those up to it. */
const [seedText = '', rangeText = '0-9999'] = (process.env.FUZZ ?? usual).split(':');
const seed = Number(seedText);
const [first = 0, last = first] = rangeText.split('-').map(Number);
const faultsMax = 20;
const growthMaxBytes = 50 * 1024 * 1024;

let target: Target;
beforeAll(async () => {
  target = await startTarget();
});
afterAll(() => target?.close());

describe('fuzz', () => {
  it('10.1 whatever is sent is answered in the shapes of Xero, never with a 500, and memory stays', async () => {
    const faults: string[] = [];
    const resident: number[] = [];
    for (let number = first; number <= last && faults.length < faultsMax; number += 1) {
      const shot = shotOf(seed, number);
      const answer = await target.send(shot);
      const fault = faultOf(shot, answer);
      if (fault !== undefined) faults.push(`${fault}\n  ${told(shot)}\n  again: ${replay(number)}`);
      if (!target.isAlive()) faults.push(`the sandbox ended\n  ${told(shot)}\n  again: ${replay(number)}`);
      if (!target.isAlive()) break;
      if (isChanged(shot, answer.status)) await target.repair();
      if (isMeasured(number)) resident.push(target.residentBytes());
    }
    expect(faults.join('\n\n')).toBe('');
    expect(target.said()).toBe('');
    const half = resident.length / 2;
    const [early, late] = [median(resident.slice(0, half)), median(resident.slice(half))];
    const calls = `${last - first + 1} calls of seed ${seed}`;
    console.log(
      `fuzz: ${calls}; ${megabytes(early)} MB resident after a tenth of them, ${megabytes(late)} MB at the end`,
    );
    expect(late - early).toBeLessThanOrEqual(growthMaxBytes);
  }, 900_000);

  it('leaves lists, pages and books that can be read, and a journal that gives the same again', async () => {
    const { xero } = target;
    for (const path of [...templates.map((one) => one.path), ...readOnly]) {
      if (path.includes('$') || /Nothing|Reports$|AgedR|AgedP|Journals.1/.test(path)) continue;
      const list = await xero.call('GET', `${path}?page=1`);
      expect([path, list.status]).toEqual([path, 200]);
    }
    for (const page of [
      'contacts',
      'items',
      'invoices',
      'bills',
      'payments',
      'attachments',
      'trial-balance',
    ]) {
      const { status } = await fetch(`${xero.url}/organisations/${xero.tenant}/${page}`);
      expect([page, status]).toEqual([page, 200]);
    }
    expect((await readBooks(xero)).sum).toBe(0);
    const before = recordsOf(await xero.control.snapshot());
    await target.restart();
    const after = recordsOf(await xero.control.snapshot());
    expect(after.length).toBe(before.length);
    for (const [at, line] of after.entries()) expect(line).toBe(before[at]);
  });
});

/** Ten moments before the end of the first tenth and ten before the end: a single one may come just before rubbish is collected. */
function isMeasured(number: number): boolean {
  const step = Math.ceil((last - first + 1) / 1_000);
  const tenth = first + Math.floor((last - first) / 10);
  return [tenth, last].some(
    (end) => number <= end && number > end - 10 * step && (end - number) % step === 0,
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** What a snapshot holds of organisations and their records, without the moment it was taken at. */
function recordsOf(snapshot: string): string[] {
  const lines = snapshot.split('\n').map((line) => line.replace(/^\{"atMs":\d+,/, ''));
  return lines.filter((line) => /^"(organisation|tenant|identity)"/.test(line));
}

/** Who may call, or how the sandbox is set, may be another now. */
function isChanged({ area, method }: Shot, status: number): boolean {
  return (area === 'control' || area === 'identity') && method !== 'GET' && status > 0 && status < 400;
}

function told({ method, target: address, headers, body, framing }: Shot): string {
  const text = (long: string): string => (long.length > 200 ? `${long.slice(0, 200)}…` : long);
  const lines = headers.map(([name, value]) => `${name}: ${text(value)}`).join(' | ');
  return `${method} ${text(address)} [${framing}] ${lines}\n  ${text(body.toString('latin1'))}`;
}

function replay(number: number): string {
  return `FUZZ=${seed}:${number} npx vitest run --project sandbox apps/sandbox/test/fuzz.test.ts (or 0-${number})`;
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}
