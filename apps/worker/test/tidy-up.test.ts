// The nightly job forgets what was never finished, and nothing else.
import { createDb, createId } from '@stockbook/db';
import { createTestDatabase } from '@stockbook/sync/test/db';
import pino from 'pino';
import { expect, it } from 'vitest';
import { tidyUp } from '../src/jobs/tidy-up.ts';

it('forgets uploads that never ended with what they staged, and consents of the day before', async () => {
  const database = await createTestDatabase();
  const db = createDb(database.url);
  try {
    const organisation = createId();
    const [old, fresh] = [createId(), createId()];
    const load = {
      organisationId: organisation,
      template: 'online-retail',
      fileCount: 1,
      createdBy: 'test',
      state: 'receiving',
    };
    await db.prisma.load.create({
      data: { ...load, id: old, createdAt: new Date(Date.now() - 25 * 3_600_000) },
    });
    await db.prisma.load.create({ data: { ...load, id: fresh } });
    for (const loadId of [old, fresh]) {
      const row = { organisationId: organisation, loadId, file: 1, line: 2, document: '1', text: '[]' };
      await db.prisma.loadRow.create({ data: row });
    }
    const consent = { organisationId: organisation, actor: 'test', verifier: 'v' };
    await db.prisma.consent.create({
      data: { ...consent, state: 'old', expiresAt: new Date(Date.now() - 25 * 3_600_000) },
    });
    await db.prisma.consent.create({
      data: { ...consent, state: 'fresh', expiresAt: new Date(Date.now() - 1_000) },
    });

    const context = { db, wake: () => undefined };
    await tidyUp.ring({ context, at: new Date(), log: pino({ level: 'silent' }) }, {});

    const loads = await db.prisma.load.findMany({ orderBy: { id: 'asc' } });
    expect(loads.map(({ id, state }) => [id, state])).toEqual([
      [old, 'failed'],
      [fresh, 'receiving'],
    ]);
    expect((await db.prisma.loadRow.findMany()).map(({ loadId }) => loadId)).toEqual([fresh]);
    expect((await db.prisma.consent.findMany()).map(({ state }) => state)).toEqual(['fresh']);
  } finally {
    await db.close();
    await database.drop();
  }
});
