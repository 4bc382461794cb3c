// Two documents may come to the same sums and yet not to the same under each tax type.
import { expect, it } from 'vitest';
import { compareShares, type TaxedLine } from './tax-share.ts';

const standard: TaxedLine = { taxType: 'OUTPUT2', net: '100.00', tax: '20.00' };
const zero: TaxedLine = { taxType: 'ZERORATEDOUTPUT', net: '100.00', tax: '0.00' };

it('finds nothing where both hold the same, however it is written, ordered or split', () => {
  expect(compareShares([standard, zero], [standard, zero])).toEqual([]);
  expect(compareShares([standard], [{ ...standard, net: '100', tax: '20.0' }])).toEqual([]);
  expect(compareShares([standard, zero], [zero, standard])).toEqual([]);
  const halves = [
    { ...standard, net: '33.33', tax: '6.67' },
    { ...standard, net: '66.67', tax: '13.33' },
  ];
  expect(compareShares([standard], halves)).toEqual([]);
});

it('tells a cent of tax that stands under another tax type, though all sums agree', () => {
  const theirs = [
    { ...standard, tax: '19.99' },
    { ...zero, tax: '0.01' },
  ];
  expect(compareShares([standard, zero], theirs)).toEqual([
    { taxType: 'OUTPUT2', what: 'tax', ours: '20.00', theirs: '19.99' },
    { taxType: 'ZERORATEDOUTPUT', what: 'tax', ours: '0.00', theirs: '0.01' },
  ]);
});

it('tells a line that stands under another tax type altogether', () => {
  expect(compareShares([zero], [{ ...zero, taxType: 'EXEMPTOUTPUT' }])).toEqual([
    { taxType: 'ZERORATEDOUTPUT', what: 'net', ours: '100.00', theirs: '0.00' },
    { taxType: 'EXEMPTOUTPUT', what: 'net', ours: '0.00', theirs: '100.00' },
  ]);
});

it('passes over the tax type of a line that is worth nothing, which Xero drops (ACCOUNTING.md N5)', () => {
  const free = { taxType: 'OUTPUT2', net: '0.00', tax: '0.00' };
  expect(compareShares([standard, free], [standard, { ...free, taxType: '' }])).toEqual([]);
});

it('adds without a float: ten times ten cents is one', () => {
  const dimes = Array.from({ length: 10 }, () => ({ ...standard, net: '0.1', tax: '0.02' }));
  expect(compareShares([{ ...standard, net: '1.00', tax: '0.20' }], dimes)).toEqual([]);
});
