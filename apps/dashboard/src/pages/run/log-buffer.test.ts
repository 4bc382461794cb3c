// The log's buffer: one change of the page per frame, 200 lines following, 1,000 paused, nothing twice.
import { createRoot } from 'solid-js';
import { expect, test } from 'vitest';
import { createLogBuffer, keptFollowing, keptPaused, type LogBuffer } from './log-buffer.ts';

/** Frames that the test draws itself. */
function withBuffer(use: (log: LogBuffer, draw: () => number) => void) {
  createRoot((dispose) => {
    let asked: (() => void)[] = [];
    const log = createLogBuffer((run) => asked.push(run));
    use(log, () => {
      const frames = asked;
      asked = [];
      for (const frame of frames) frame();
      return frames.length;
    });
    dispose();
  });
}

function lines(from: number, count: number) {
  return Array.from({ length: count }, (_, index) => {
    const number = from + index;
    return {
      id: String(number).padStart(6, '0'),
      at: new Date(number * 1000).toISOString(),
      kind: 'export',
      text: `line ${number}`,
    };
  });
}

test('lines of one frame come in together', () => {
  withBuffer((log, draw) => {
    log.add(lines(0, 3));
    log.add(lines(3, 3));
    expect(log.lines()).toHaveLength(0);
    expect(draw()).toBe(1);
    expect(log.lines().map((line) => line.text)).toEqual([
      'line 0',
      'line 1',
      'line 2',
      'line 3',
      'line 4',
      'line 5',
    ]);
  });
});

test('a line that is there already is not added again', () => {
  withBuffer((log, draw) => {
    log.add(lines(0, 3));
    draw();
    log.add(lines(1, 3));
    draw();
    expect(log.lines()).toHaveLength(4);
  });
});

test('lines stand in order of time, whatever order they came in', () => {
  withBuffer((log, draw) => {
    log.add([...lines(0, 5)].reverse());
    draw();
    expect(log.lines().map((line) => line.text)).toEqual(['line 0', 'line 1', 'line 2', 'line 3', 'line 4']);
  });
});

test('following keeps the last 200', () => {
  withBuffer((log, draw) => {
    log.add(lines(0, 500));
    draw();
    expect(log.lines()).toHaveLength(keptFollowing);
    expect(log.lines().at(-1)?.text).toBe('line 499');
  });
});

test('paused it keeps 1,000 and counts what came in; following again goes to the end', () => {
  withBuffer((log, draw) => {
    log.add(lines(0, 200));
    draw();
    log.pause();
    log.add(lines(200, 22));
    draw();
    expect(log.waiting()).toBe(22);
    expect(log.lines()[0]?.text).toBe('line 0');
    log.add(lines(222, 1500));
    draw();
    expect(log.lines()).toHaveLength(keptPaused);
    log.follow();
    expect(log.waiting()).toBe(0);
    expect(log.lines()).toHaveLength(keptFollowing);
    expect(log.lines().at(-1)?.text).toBe('line 1721');
  });
});
