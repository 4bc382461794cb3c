// Tracking categories rule by rule (XERO.md 7.7).
import { beforeEach, describe, expect, it } from 'vitest';
import { lineOf, messagesOf, saleOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const call = (method: string, path: string, body?: unknown) => xero().call(method, path, body);
const category = async (Name: string, options: readonly string[] = []) => {
  const made = await call('PUT', '/TrackingCategories', { Name });
  const id = String(made.json('TrackingCategories.0.TrackingCategoryID'));
  const ids: string[] = [];
  for (const option of options) {
    const answer = await call('PUT', `/TrackingCategories/${id}/Options`, { Name: option });
    ids.push(String(answer.json('Options.0.TrackingOptionID')));
  }
  return { id, options: ids };
};
const archive = (id: string) => call('POST', `/TrackingCategories/${id}`, { Status: 'ARCHIVED' });
const sell = (Tracking: readonly unknown[]) =>
  call('PUT', '/Invoices', saleOf('', { LineItems: [lineOf({ Tracking })] }));

describe('7.7 tracking categories', () => {
  it('7.7 two can be active, four there can be in all', async () => {
    const ids = [(await category('A')).id, (await category('B')).id];
    expect(messagesOf(await call('PUT', '/TrackingCategories', { Name: 'C' }), 'TrackingCategories')).toEqual(
      ['No more than 2 tracking categories can be active'],
    );
    for (const id of ids) expect((await archive(id)).status).toBe(200);
    const more = [(await category('C')).id, (await category('D')).id];
    for (const id of more) await archive(id);
    expect(messagesOf(await call('PUT', '/TrackingCategories', { Name: 'E' }), 'TrackingCategories')).toEqual(
      ['No more than 4 tracking categories are allowed'],
    );
    expect((await call('GET', '/TrackingCategories')).json('TrackingCategories')).toEqual([]);
    const all = await call('GET', '/TrackingCategories?includeArchived=true');
    expect(all.json('TrackingCategories')).toHaveLength(4);
  });

  it('7.7 a line has at most two, one option of each', async () => {
    await category('A', ['a', 'aa']);
    await category('B', ['b']);
    const [a, aa, b] = [
      { Name: 'A', Option: 'a' },
      { Name: 'A', Option: 'aa' },
      { Name: 'B', Option: 'b' },
    ];
    expect((await sell([a, b])).json('Invoices.0.LineItems.0.Tracking')).toMatchObject([a, b]);
    expect(messagesOf(await sell([a, aa]))).toEqual([
      'A line can have only one option of each tracking category',
    ]);
    expect(messagesOf(await sell([a, b, aa]))).toContain('A line can have no more than 2 tracking options');
  });

  it('7.7 lines name them by name and option or by their ids, and make none', async () => {
    const { id, options } = await category('A', ['a']);
    const byId = await sell([{ TrackingCategoryID: id, TrackingOptionID: options[0] }]);
    expect(byId.json('Invoices.0.LineItems.0.Tracking')).toMatchObject([{ Name: 'A', Option: 'a' }]);
    expect(messagesOf(await sell([{ Name: 'A', Option: 'new' }]))).toEqual([
      "The tracking option 'new' does not exist in A",
    ]);
    expect(messagesOf(await sell([{ Name: 'New', Option: 'a' }]))).toEqual([
      "The tracking category 'New' is not an active one",
    ]);
    const read = await call('GET', `/TrackingCategories/${id}`);
    expect(read.json('TrackingCategories.0.Options')).toHaveLength(1);
  });

  it('7.7 names of categories and options have at most 100 characters', async () => {
    const { id } = await category('x'.repeat(100));
    expect((await call('PUT', '/TrackingCategories', { Name: 'y'.repeat(101) })).status).toBe(400);
    const option = (length: number) =>
      call('PUT', `/TrackingCategories/${id}/Options`, { Name: 'z'.repeat(length) });
    expect([(await option(100)).status, (await option(101)).status]).toEqual([200, 400]);
  });

  it('7.7 what is unused is deleted; what a line names is archived', async () => {
    const [used, unused] = [await category('A', ['a', 'aa']), await category('B')];
    await sell([{ Name: 'A', Option: 'a' }]);
    const remove = async (path: string, member: string) =>
      (await call('DELETE', `/TrackingCategories/${path}`)).json(`${member}.0.Status`);
    expect(await remove(`${used.id}/Options/${used.options[1]}`, 'Options')).toBe('DELETED');
    expect(await remove(`${used.id}/Options/${used.options[0]}`, 'Options')).toBe('ARCHIVED');
    expect(await remove(unused.id, 'TrackingCategories')).toBe('DELETED');
    expect(await remove(used.id, 'TrackingCategories')).toBe('ARCHIVED');
    const left = await call('GET', '/TrackingCategories?includeArchived=true');
    expect(left.json('TrackingCategories')).toMatchObject([
      { Name: 'A', Status: 'ARCHIVED', Options: [{ Name: 'a', Status: 'ARCHIVED' }] },
    ]);
    expect((await sell([{ Name: 'A', Option: 'a' }])).status).toBe(400);
  });
});
