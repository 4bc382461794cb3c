// Whoever looks rests between two looks, so that what breaks off at once is not begun without pause.
import pino from 'pino';
import { expect, it } from 'vitest';
import { keepLooking } from './looking.ts';

const long = 3_600_000;

/** A loop that rests for an hour between its looks, each of which lasts until it is let go. */
function startLoop() {
  const looks: (() => void)[] = [];
  const begun: (() => void)[] = [];
  const looking = keepLooking({
    ...{ what: 'nothing', everyMs: long, restMs: long, log: pino({ level: 'silent' }) },
    look: () =>
      new Promise<void>((resolve) => {
        looks.push(resolve);
        begun.shift()?.();
      }),
  });
  const nextLook = () => new Promise<void>((resolve) => begun.push(resolve));
  return { looking, looks, nextLook };
}

const manyTurns = async () => {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

it('rests before it looks again, unless something is known to be there', async () => {
  const { looking, looks, nextLook } = startLoop();
  looking.wake();
  looking.wake();
  looks[0]?.();
  await manyTurns();
  expect(looks).toHaveLength(1);
  const second = nextLook();
  looking.wakeAtOnce();
  await second;
  const third = nextLook();
  looking.wakeAtOnce();
  looks[1]?.();
  await third;
  looks[2]?.();
  await looking.stop();
  expect(looks).toHaveLength(3);
});

it('is stopped while it rests', async () => {
  const { looking, looks } = startLoop();
  looking.wake();
  looking.wake();
  looks[0]?.();
  await manyTurns();
  await looking.stop();
  expect(looks).toHaveLength(1);
});
