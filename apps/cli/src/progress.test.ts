// The bar: drawn on a terminal, at most ten times a second, and nowhere else.
import { describe, expect, it } from 'vitest';
import { barText, createProgress } from './progress.ts';

function screen(isTTY: boolean) {
  const drawn: string[] = [];
  return { drawn, isTTY, columns: 80, write: (text: string) => drawn.push(text) };
}

describe('a progress bar', () => {
  it('says how much of how much', () => {
    expect(barText('Syncing', 1234, 2468)).toBe(
      `Syncing ${'█'.repeat(15)}${'░'.repeat(15)} 50% 1,234 of 2,468`,
    );
    expect(barText('Syncing', 0, 0)).toBe('Syncing ...');
    expect(barText('Syncing', 5, 4)).toContain('100%');
  });

  it('is not drawn where there is no terminal', () => {
    const terminal = screen(false);
    const progress = createProgress(terminal, () => 0);
    progress.show('Syncing', 1, 2);
    progress.end();
    expect(terminal.drawn).toEqual([]);
  });

  it('is drawn at most ten times a second, the end always, and is taken away', () => {
    const terminal = screen(true);
    let nowMs = 0;
    const progress = createProgress(terminal, () => nowMs);
    for (nowMs = 0; nowMs < 1000; nowMs += 10) progress.show('Syncing', nowMs, 1000);
    expect(terminal.drawn).toHaveLength(10);
    progress.show('Syncing', 1000, 1000);
    expect(terminal.drawn.at(-1)).toContain('100%');
    progress.end();
    expect(terminal.drawn.at(-1)).toBe('\r\u001b[K');
  });
});
