// The log of calls: what it keeps of the bodies, and for how long.
import { describe, expect, it } from 'vitest';
import { createCallLog } from '../src/call-log.ts';

const call = {
  ...{ atMs: 0, ms: 1, method: 'PUT', path: '/Invoices', status: 200, tenant: '', key: '', fault: '' },
  ...{ left: undefined, requestBytes: 0, replyBytes: 0 },
};

describe('the log of calls', () => {
  it('keeps bodies as they were until their room is needed by later ones', () => {
    const log = createCallLog();
    const bodies = (letter: string) => ({
      request: Buffer.from(letter.repeat(3_000_000)),
      reply: `${letter}£`,
    });
    for (const letter of ['a', 'b', 'c']) log.add(call, bodies(letter));
    const texts = (letter: string) => ({ request: letter.repeat(3_000_000), reply: `${letter}£` });
    expect(log.texts(1)).toEqual({ request: undefined, reply: 'a£' });
    // The third begins again where the first stood.
    expect(log.texts(2)).toEqual(texts('b'));
    expect(log.texts(3)).toEqual(texts('c'));
  });

  it('tells an empty body from none, and keeps none that is too large', () => {
    const log = createCallLog();
    log.add(call, { request: Buffer.alloc(0), reply: undefined });
    log.add(call, { request: 'x'.repeat(9_000_000), reply: 'kept' });
    expect(log.texts(1)).toEqual({ request: '', reply: undefined });
    expect(log.texts(2)).toEqual({ request: undefined, reply: 'kept' });
    expect(log.texts(3)).toEqual({ request: undefined, reply: undefined });
  });

  it('lists the last thousand, whose bodies stay with them, until it is cleared', () => {
    const log = createCallLog();
    for (let n = 1; n <= 2_500; n += 1) log.add(call, { request: `request ${n}`, reply: `reply ${n}` });
    const ids = log.list().map(({ id }) => id);
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([1_000, 1_501, 2_500]);
    expect(log.texts(1_501)).toEqual({ request: 'request 1501', reply: 'reply 1501' });
    log.clear();
    log.add(call, { request: 'anew', reply: undefined });
    expect(log.list().map(({ id }) => id)).toEqual([2_501]);
    expect(log.texts(2_500).request).toBeUndefined();
    expect(log.texts(2_501).request).toBe('anew');
  });
});
