// F1: a worker dies at every named step, before and after each commit, for every kind; another carries on, and nothing is lost or doubled.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acts, type StepName } from '../../src/step.ts';
import { carryOn, comeAndDie, comeAsProcess, findTold, type Ground, prepareGround } from './kill-points.ts';
import { compileKilled, type Met, type ProcessFate } from './killed-process.ts';
import { type Kind, kinds } from './kinds.ts';
import { createMortalDb, type MortalDb } from './mortal.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import { openStage, type Stage } from './stage.ts';

const nightly = process.env.STOCKBOOK_NIGHTLY === '1';
interface Death {
  how: string;
  come(...point: [Ground, Kind, Scenario, StepName]): Promise<Met>;
  /** At each step once, in the first scenario that leads there. */
  once?: true;
}
/** Inside one process, and by night as processes of their own. */
const deaths: readonly Death[] = [
  { how: 'inside one process', come: async (...point) => ({ met: await comeAndDie(...point) }) },
  ...(nightly
    ? [
        { how: 'by SIGKILL', come: byFate('SIGKILL') },
        { how: 'by an error that is thrown', come: byFate('throw'), once: true as const },
        { how: 'by SIGSTOP for longer than the lease', come: byFate('SIGSTOP'), once: true as const },
      ]
    : []),
];
function byFate(fate: ProcessFate): Death['come'] {
  return (...point) => comeAsProcess(...point, fate);
}
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

interface Point {
  scenario: Scenario;
  name: StepName;
}

/** Which of two batches on their way meets the fault is a race, and only one of them may lead to the point; answers how many comings it took. */
async function comeUntilMet(ground: Ground, kind: Kind, death: Death, point: Point): Promise<number> {
  const { scenario, name } = point;
  for (let coming = 1; coming <= comingsMax; coming += 1) {
    const { met, wake } = await death.come(ground, kind, scenario, name);
    const what = `${scenario.name}, ${death.how}, ${met ? 'met' : 'not met'} at '${name}'`;
    try {
      await carryOn(ground, scenario, kind);
      if (wake !== undefined) {
        // What it does when it wakes counts for nothing.
        await wake();
        await carryOn(ground, scenario, kind);
      }
    } catch (error) {
      throw new Error(`${what}: ${String(error)}`);
    }
    if (met) return coming;
  }
  throw new Error(`${scenario.name}, ${death.how}: nobody came to '${name}' in ${comingsMax} comings`);
}

describe.each(kinds.map((kind) => [kind.entity.name, kind] as const))('F1: %s', (_name, kind) => {
  it('survive the death of their worker at every step of every scenario: another carries on when its lease has lapsed, within 60 s by the production lease times', {
    timeout: 3_600_000,
  }, async ({ task }) => {
    const ground = await prepareGround(stage, dying, living);
    const points: Point[] = [];
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
    let runs = 0;
    for (const death of deaths) {
      const places = points.map(({ name }) => name);
      const tried = death.once ? points.filter(({ name }, index) => places.indexOf(name) === index) : points;
      runs += tried.length;
      let comings = 0;
      for (const point of tried) comings += await comeUntilMet(ground, kind, death, point);
      const what = `died at ${tried.length} points, ${comings} comings`;
      console.log(`F1 ${kind.entity.name}, ${death.how}: ${what}, 0 lost, 0 twice`);
    }
    Object.assign(task.meta, { runs });
    expect(ground.said).not.toEqual([]);
    expect(await findTold(ground)).toEqual([]);
  });
});
