// The JSON of replies: what JSON.parse reads from it is what was written, and numbers keep their decimals.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixed } from '../src/exact.ts';
import {
  decimal,
  joined,
  money,
  price,
  quotedAfter,
  Raw,
  toJson,
  toJsonBytes,
  written,
} from '../src/json.ts';

describe('JSON of replies', () => {
  it('is what JSON.stringify writes, for any value and any text in it', () => {
    const texts = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
    const values = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        texts,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 5 }),
        fc.dictionary(texts, tie('value'), { maxKeys: 5, noNullPrototype: true }),
      ),
    })).value;
    fc.assert(
      fc.property(values, (value) => {
        expect(toJson(value)).toBe(Buffer.from(JSON.stringify(value)).toString());
      }),
      { numRuns: 200 },
    );
  });

  it('keeps the decimals of numbers, of every size (XERO.md 5)', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom(0, 2, 4, 6), (units, places) => {
        expect(toJson(decimal(units, places))).toBe(fixed(units, places));
      }),
      { numRuns: 2_000 },
    );
    expect([money(-5), money(0), money(100), price(12_350, 4), price(12_350, 2)].map(toJson)).toEqual([
      '-0.05',
      '0.00',
      '1.00',
      '1.2350',
      '1.24',
    ]);
  });

  it('leaves out what is undefined, and joins the members of two objects', () => {
    expect(toJson({ a: undefined, b: [undefined, 1], c: { d: undefined } })).toBe('{"b":[null,1],"c":{}}');
    expect(toJson([joined({}, { a: 1 }), joined({ b: undefined }, {}), joined({ c: 'x' }, { d: 2 })])).toBe(
      '[{"a":1},{},{"c":"x","d":2}]',
    );
  });

  it('takes pieces that are text or were written before', () => {
    expect(toJson({ at: new Raw('"\\/Date(0+0000)\\/"'), contact: written({ Name: 'Zoë "Z"' }) })).toBe(
      '{"at":"\\/Date(0+0000)\\/","contact":{"Name":"Zoë \\"Z\\""}}',
    );
  });

  it('writes texts that recur as it writes all others, however many and long they are', () => {
    const after = quotedAfter(',"A":');
    const few = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', 'a"', 'Zoë')));
    fc.assert(
      fc.property(few, (texts) => {
        const made = [...texts, ...texts].map(after);
        expect(made).toEqual([...texts, ...texts].map((text) => `,"A":${JSON.stringify(text)}`));
      }),
      { numRuns: 200 },
    );
    for (let number = 0; number < 12_000; number += 1) after(String(number));
    expect([after('7'), after('x'.repeat(500))]).toEqual([',"A":"7"', `,"A":"${'x'.repeat(500)}"`]);
  });

  it('has room for more than it began with', () => {
    const text = 'é"'.repeat(1_000_000);
    expect(JSON.parse(toJsonBytes([text, text]).toString())).toEqual([text, text]);
  });
});
