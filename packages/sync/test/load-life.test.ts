// The life of a load: files with faults, uploads that break off, workers that are killed, stopped or overtaken.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createDb, createId, type Db } from '@stockbook/db';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeLoad, createLoad } from '../src/load.ts';
import { fenceLoad, LoadLost, takeLoad } from '../src/load-lease.ts';
import { stageFile } from '../src/load-stage.ts';
import { workLoad } from '../src/load-work.ts';
import { createTestDatabase, runAs, type TestDatabase } from './db.ts';
import { counts, csv, header, importFiles, openLoad, report, upload } from './load-fixture.ts';

let database: TestDatabase;
let db: Db;
let organisation: string;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});

afterAll(async () => {
  await db.close();
  await database.drop();
});

beforeEach(() => {
  organisation = createId();
});

describe('a file', () => {
  it.each([
    ['wrong columns', 'a,b\n1,2\n', /header lacks/],
    ['a quote that is never closed', `${csv({ no: '9' })}10,"x\n`, /row that begins at line 3/],
    ['a picture inside', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x00]), /not UTF-8/],
    ['nothing inside', '', /empty/],
    [
      'a row too short at its end',
      `${csv(...Array.from({ length: 3000 }, () => ({})))}1,2\n`,
      /Line 3002 has 2 fields/,
    ],
  ])('with %s imports nothing of it, and the others go on', async (_name, bad, problem) => {
    const { load, files } = await importFiles(db, organisation, {
      'good.csv': csv({ no: '1' }),
      'bad.csv': bad,
      'more.csv': csv({ no: '1', code: 'TWO' }),
    });
    expect(files.map(({ state, rows }) => [state, rows])).toEqual([
      ['staged', 1],
      ['refused', 0],
      ['staged', 1],
    ]);
    expect(files[1]?.problem).toMatch(problem);
    expect(load).toMatchObject({ rows: 2, documents: 1, imported: 1, rowsImported: 2 });
  });

  it('given twice in one load counts once', async () => {
    const text = csv({ no: '1' }, { no: '2' });
    const { load, files } = await importFiles(db, organisation, {
      'a.csv': text,
      'b.csv': csv({ no: '3' }, { no: '4' }),
      'c.csv': text,
    });
    expect(files.map(({ problem }) => problem)).toEqual([
      null,
      null,
      expect.stringContaining('same rows as a.csv'),
    ]);
    expect(load).toMatchObject({ rows: 4, imported: 4, rowsImported: 4 });
  });

  it('may be sent again before the load is closed, with a fault or without', async () => {
    const { loadId } = await upload(db, organisation, { 'a.csv': csv({ no: '1' }) });
    expect(await send(loadId, 'a,b\n')).toMatchObject({ kind: 'refused' });
    expect((await report(db, organisation, loadId)).left).toBe(0);
    expect(await send(loadId, csv({ no: '2' }, { no: '3' }))).toEqual({ kind: 'staged', rows: 2 });
    expect((await report(db, organisation, loadId)).files[0]).toMatchObject({
      state: 'staged',
      rows: 2,
      problem: null,
    });
    await closeLoad(db, organisation, loadId);
    expect(await send(loadId, csv())).toMatchObject({ kind: 'closed' });
    expect(await workLoad(db, 'test')).toMatchObject({ kind: 'done' });
  });

  it('whose upload breaks off leaves what was there, and the load does not begin without it', async () => {
    const loadId = await openLoad(db, organisation, ['a.csv']);
    async function* broken() {
      yield Buffer.from(csv({ no: '1' }));
      throw new Error('The line broke');
    }
    await expect(stageFile(db, organisation, loadId, 1, broken())).rejects.toThrow('The line broke');
    expect(await closeLoad(db, organisation, loadId)).toMatchObject({
      kind: 'incomplete',
      message: expect.stringContaining('a.csv'),
    });
    expect(await workLoad(db, 'test')).toEqual({ kind: 'nothing' });
    expect(await send(loadId, csv({ no: '1' }))).toMatchObject({ kind: 'staged' });
    expect(await closeLoad(db, organisation, loadId)).toEqual({ kind: 'closed' });
    expect(await workLoad(db, 'test')).toMatchObject({ kind: 'done' });
  });

  it('keeps every character: tabs, line ends, backslashes, quotes and other alphabets', async () => {
    const words = 'tab\there, back\\slash \\N \\. "quoted", line\nend\r\nand 日本語 😀';
    await importFiles(db, organisation, {
      'a.csv': csv({ no: '1', words: `"${words.replaceAll('"', '""')}"` }),
    });
    const line = await db.prisma.invoiceLine.findFirstOrThrow({ where: { organisationId: organisation } });
    expect(line.description).toBe(words);
  });
});

describe('a load', () => {
  it('of another organisation, of no template or of no file is not there', async () => {
    const { loadId } = await upload(db, organisation, { 'a.csv': csv({ no: '1' }) });
    expect(await closeLoad(db, createId(), loadId)).toMatchObject({ kind: 'missing' });
    expect(await stageFile(db, createId(), loadId, 1, pieces(csv()))).toMatchObject({ kind: 'missing' });
    expect(await createLoad(db, organisation, 'Tester', 'none', ['a.csv'])).toMatchObject({
      kind: 'invalid',
      field: 'template',
    });
    expect(await createLoad(db, organisation, 'Tester', 'online-retail', [])).toMatchObject({
      kind: 'invalid',
      field: 'files',
    });
  });

  it('whose files never all came is forgotten after a day, and its stage with it', async () => {
    const { loadId } = await upload(db, organisation, { 'a.csv': csv({ no: '1' }), 'b.csv': 'bad' });
    await db.pool.query(`UPDATE load SET created_at = created_at - interval '25 hours' WHERE id = $1`, [
      loadId,
    ]);
    await openLoad(db, organisation, ['c.csv']);
    expect(await report(db, organisation, loadId)).toMatchObject({ load: { state: 'failed' }, left: 0 });
    expect(await closeLoad(db, organisation, loadId)).toMatchObject({ kind: 'incomplete' });
  });

  it('ends with one line in the history', async () => {
    const { load } = await importFiles(db, organisation, { 'a.csv': csv({ no: '1' }, { no: 'A1' }) });
    const events = await db.prisma.event.findMany({
      where: { organisationId: organisation, loadId: load.id },
    });
    expect(events.map(({ actor, text }) => [actor, text])).toEqual([
      ['Tester', 'Imported a.csv: 1 documents made, 0 unchanged, 1 rejected'],
    ]);
  });

  it('fails in words when a step fails again and again, and can be repeated', async () => {
    const { loadId } = await upload(db, organisation, { 'a.csv': csv({ no: '1' }) });
    await closeLoad(db, organisation, loadId);
    await runAs(
      database.adminUrl,
      'ALTER TABLE invoice_line ADD CONSTRAINT broken CHECK (quantity < 0) NOT VALID',
    );
    expect(await workLoad(db, 'test')).toMatchObject({ kind: 'failed' });
    const { load, left } = await report(db, organisation, loadId);
    expect(load.problem).toMatch(/cannot mend: .*broken.* load the files again/);
    expect([left, (await counts(db, organisation)).contacts]).toEqual([0, 0]);
    await runAs(database.adminUrl, 'ALTER TABLE invoice_line DROP CONSTRAINT broken');
    expect((await importFiles(db, organisation, { 'a.csv': csv({ no: '1' }) })).load.imported).toBe(1);
  });
});

describe('the worker of a load', () => {
  const documents = 1500;
  const text = csv(
    ...Array.from({ length: documents * 10 }, (_, index) => ({
      no: `${1 + (index % documents)}`,
      code: `I${index % 700}`,
      quantity: '1',
    })),
  );

  async function expectWhole(loadId: string): Promise<void> {
    const { load, left } = await report(db, organisation, loadId);
    expect(load).toMatchObject({
      state: 'done',
      documents,
      imported: documents,
      rowsImported: documents * 10,
      worker: null,
    });
    expect(left).toBe(0);
    const made = { contacts: 1, items: 700, invoices: documents, movements: documents * 10 };
    expect(await counts(db, organisation)).toMatchObject(made);
    expect(await db.prisma.change.count({ where: { organisationId: organisation } })).toBe(
      1 + 700 + documents,
    );
    const { rows } = await db.pool.query(
      'SELECT sum(quantity)::int AS sum FROM stock_level WHERE organisation_id = $1',
      [organisation],
    );
    expect(rows).toEqual([{ sum: -documents * 10 }]);
  }

  async function closed(): Promise<string> {
    const { loadId } = await upload(db, organisation, { 'a.csv': text });
    await closeLoad(db, organisation, loadId);
    return loadId;
  }

  const built = existsSync(new URL('../dist/index.js', import.meta.url));

  it.skipIf(!built)(
    `may be killed${built ? '' : ' (skipped: not built)'}: another carries on where it was`,
    async () => {
      const loadId = await closed();
      const env = { PATH: process.env.PATH, DATABASE_URL: database.url };
      const child = spawn(process.execPath, [fileURLToPath(new URL('load-child.mjs', import.meta.url))], {
        env,
        stdio: 'inherit',
      });
      const exited = once(child, 'exit');
      const at = () => db.prisma.load.findFirstOrThrow({ where: { id: loadId } });
      await until(async () => child.exitCode !== null || (await at()).position > 0);
      child.kill('SIGKILL');
      expect(await exited).toEqual([null, 'SIGKILL']);
      expect((await at()).position).toBeLessThan(documents);
      await until(async () => (await workLoad(db, 'next')).kind === 'done');
      await expectWhole(loadId);
    },
  );

  it('may stop in the middle: another carries on at once', async () => {
    const loadId = await closed();
    const halt = new AbortController();
    const working = workLoad(db, 'first', { signal: halt.signal });
    await until(async () => (await db.prisma.load.findFirstOrThrow({ where: { id: loadId } })).position > 0);
    halt.abort();
    expect(await working).toMatchObject({ kind: 'stopped' });
    expect(await workLoad(db, 'second')).toMatchObject({ kind: 'done', loadId });
    await expectWhole(loadId);
  });

  it('loses to another once its time has lapsed, and writes nothing more', async () => {
    const loadId = await closed();
    const late = await takeLoad(db, 'late', 0);
    if (late === undefined) throw new Error('The load was not taken.');
    expect(await workLoad(db, 'quick')).toMatchObject({ kind: 'done', loadId });
    await expect(db.write(organisation, (tx) => fenceLoad(tx, late))).rejects.toBeInstanceOf(LoadLost);
    await expectWhole(loadId);
  });

  it('takes one load of an organisation at a time, the oldest first', async () => {
    const first = await closed();
    const { loadId: second } = await upload(db, organisation, { 'b.csv': csv({ no: '1', code: 'OTHER' }) });
    await closeLoad(db, organisation, second);
    expect(await takeLoad(db, 'one', 60_000)).toMatchObject({ loadId: first });
    expect(await workLoad(db, 'two')).toEqual({ kind: 'nothing' });
    await db.pool.query('UPDATE load SET worker_until = NULL WHERE id = $1', [first]);
    expect(await workLoad(db, 'two')).toMatchObject({ kind: 'done', loadId: first });
    expect(await workLoad(db, 'two')).toMatchObject({ kind: 'done', loadId: second });
    expect((await report(db, organisation, second)).load).toMatchObject({ rejected: 1 });
  });
});

function send(loadId: string, text: string) {
  return stageFile(db, organisation, loadId, 1, pieces(text));
}

async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text || header);
}

async function until(reached: () => Promise<boolean>): Promise<void> {
  while (!(await reached())) await new Promise((resolve) => setTimeout(resolve, 20));
}
