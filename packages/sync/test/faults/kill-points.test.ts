// F1: a worker dies at every named step, before and after each commit, for every kind; another carries on, and nothing is lost or doubled.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acts, type StepName } from '../../src/step.ts';
import { carryOn, comeAndBeKilled, comeAndDie, findTold, prepareGround } from './kill-points.ts';
import { compileKilled } from './killed-process.ts';
import { kinds } from './kinds.ts';
import { createMortalDb, type MortalDb } from './mortal.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import { openStage, type Stage } from './stage.ts';

const nightly = process.env.STOCKBOOK_NIGHTLY === '1';
/** Inside one process, and by night as processes of their own that end by SIGKILL. */
const deaths = [
  { how: 'inside one process', come: comeAndDie },
  ...(nightly ? [{ how: 'by SIGKILL', come: comeAndBeKilled }] : []),
];
/** So many comings at most until a worker dies at a point. */
const comingsMax = 20;
const allSteps = acts.flatMap((act): StepName[] => [`${act} before`, `${act} after`]);

let stage: Stage;
let dying: MortalDb;
let living: MortalDb;
beforeAll(async () => {
  if (nightly) compileKilled();
  stage = await openStage();
  dying = createMortalDb(stage.database.url);
  living = createMortalDb(stage.database.url);
});
afterAll(async () => {
  await Promise.all([dying.db.close(), living.db.close()]);
  await stage.close();
});

describe.each(kinds.map((kind) => [kind.entity.name, kind] as const))('F1: %s', (_name, kind) => {
  it('survive the death of their worker at every step of every scenario: with the production lease times another carries on within 60 s', {
    timeout: 3_600_000,
  }, async ({ task }) => {
    const ground = await prepareGround(stage, dying, living);
    const points: { scenario: Scenario; name: StepName }[] = [];
    for (const scenario of scenarios) {
      const seen = new Set<StepName>();
      await comeAndDie(ground, kind, scenario, undefined, (name, entity) => {
        const isOurs = entity === undefined || entity === kind.entity.name;
        // A permission that happens to run out at this coming does not at the next.
        const isChance = /^(refresh|token) /.test(name) && scenario.before === undefined;
        if (isOurs && !isChance && (scenario.only?.includes(name) ?? true)) seen.add(name);
      });
      await carryOn(ground, scenario, kind);
      const known = new Set(points.map((point) => point.name));
      for (const name of seen)
        if (nightly || scenario.only || !known.has(name)) points.push({ scenario, name });
    }
    expect(allSteps.filter((name) => !points.some((point) => point.name === name))).toEqual([]);
    Object.assign(task.meta, { runs: deaths.length * points.length });
    for (const { how, come } of deaths) {
      let comings = 0;
      for (const { scenario, name } of points) {
        let died = false;
        // Which of two batches on their way meets the fault is a race, and only one of them may lead there.
        for (let coming = 0; coming < comingsMax && !died; coming += 1) {
          comings += 1;
          died = await come(ground, kind, scenario, name);
          await carryOn(ground, scenario, kind).catch((error: unknown) => {
            throw new Error(`${scenario.name}, ${died ? 'dead' : 'alive'} at '${name}': ${String(error)}`);
          });
        }
        expect({ how, scenario: scenario.name, name, died }).toMatchObject({ died: true });
      }
      const what = `killed at ${points.length} points, ${comings} comings`;
      console.log(`F1 ${kind.entity.name}, ${how}: ${what}, 0 lost, 0 twice`);
    }
    expect(ground.said).not.toEqual([]);
    expect(await findTold(ground)).toEqual([]);
  });
});
