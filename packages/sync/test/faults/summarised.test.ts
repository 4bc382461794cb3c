// F17: Xero refuses a request as a whole. Whether it made the good ones all the same is looked for before anything goes again.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, expectSound, finish, kindOf, lastCallOf, writeBatch } from './batch.ts';
import { createDraw } from './draw.ts';
import { type Ground, prepareGround } from './kill-points.ts';
import { createMortalDb, type MortalDb } from './mortal.ts';
import { replayedBy } from './replay.ts';
import { oauthOf, openStage, type Stage } from './stage.ts';
import { type Summarising, startSummarising } from './summarised.ts';

const rounds = process.env.STOCKBOOK_NIGHTLY === '1' ? 200 : 20;
const size = 8;
const timeout = 3_600_000;

let stage: Stage;
let xero: Summarising;
let living: MortalDb;
let ground: Ground;
beforeAll(async () => {
  stage = await openStage();
  xero = await startSummarising(stage.sandbox.url);
  living = createMortalDb(stage.database.url);
  ground = await prepareGround(stage, living, living);
  await ask(ground);
  await finish(ground);
});
afterAll(async () => {
  await living.db.close();
  await xero.close();
  await stage.close();
});

/** Longer than Xero takes a code, a name or a reference. */
function spoil(made: { id: string }): { id: string } {
  const tail = 'X'.repeat(300);
  if ('code' in made) return Object.assign(made, { code: `${made.code}-${tail.slice(0, 40)}` });
  return 'reference' in made
    ? Object.assign(made, { reference: tail })
    : Object.assign(made, { name: `${tail} ${made.id}` });
}

it.each(['atomic', 'partial'] as const)(
  `F17: a summarised 400, ${rounds} times: %s, and all but the bad ones are in Xero once`,
  { timeout, meta: { runs: rounds } },
  async (mode) => {
    const draw = createDraw(17);
    replayedBy(17, 'npm run faults -- summarised -t F17');
    await stage.client.setOptions({ 'summarised-400': mode });
    for (let round = 0; round < rounds; round += 1) {
      const kind = kindOf(round);
      const afterId = await lastCallOf(stage);
      const bad = new Set([Math.floor(draw() * size), Math.floor(draw() * size)]);
      const entries = await writeBatch(ground, kind, size, (made, index) =>
        bad.has(index) ? spoil(made) : made,
      );
      await ask(ground);
      await finish(ground, { stage: { ...stage, oauth: oauthOf(xero.url) } });
      const refused = entries.filter((_, index) => bad.has(index)).map(({ id }) => id);
      const states = await stage.db.prisma.record.findMany({ where: { id: { in: refused } } });
      expect(states.map((row) => [row.syncState, row.problem !== null])).toEqual(
        refused.map(() => ['failed', true]),
      );
      const good = entries.filter((_, index) => !bad.has(index));
      await expectSound(ground, good, afterId);
      const made = (await stage.client.calls({ afterId, method: 'PUT' })).filter(
        ({ status }) => status === 200,
      );
      if (mode === 'partial') expect(made.length, 'what was made went again').toBe(0);
    }
  },
);
