// Filters in the address bar: read, set, cleared, and deaf to what they do not know.
import { createMemoryHistory, MemoryRouter, Route } from '@solidjs/router';
import { cleanup, render } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { historyFilterOf } from './pages/history/model.ts';
import { queueFilterOf } from './pages/queue/model.ts';
import { nextSort, recordFilterOf, sortOf } from './pages/records/model.ts';
import { createUrlFilter, type UrlFilter } from './url-filter.ts';

afterEach(cleanup);

/** A page at an address, with its filter and the address as it becomes. */
async function open(address: string): Promise<{ filter: UrlFilter; address: () => string }> {
  const history = createMemoryHistory();
  history.set({ value: address });
  const found: { filter?: UrlFilter } = {};
  function Page() {
    found.filter = createUrlFilter();
    return null;
  }
  render(() => (
    <MemoryRouter history={history}>
      <Route path="*" component={Page} />
    </MemoryRouter>
  ));
  await expect.poll(() => found.filter !== undefined).toBe(true);
  if (found.filter === undefined) throw new Error('the page was not drawn');
  return { filter: found.filter, address: () => history.get() };
}

test('a filter that is set stands in the address, and goes from it when cleared', async () => {
  const { filter, address } = await open('/queue');
  filter.set('entity', 'invoices');
  await expect.poll(address).toBe('/queue?entity=invoices');
  filter.set('state', 'HELD');
  await expect.poll(address).toBe('/queue?entity=invoices&state=HELD');
  filter.set('entity', '');
  await expect.poll(address).toBe('/queue?state=HELD');
  filter.clear(['state']);
  await expect.poll(address).toBe('/queue');
});

test('the queue takes what it knows from a link and leaves the rest', async () => {
  const { filter } = await open('/queue?entity=invoices&state=HOVERING');
  expect(queueFilterOf(filter, ['invoices', 'items'])).toEqual({ entity: 'invoices' });
});

test('the history takes days of the viewer from first to last instant', async () => {
  const { filter } = await open('/history?from=2026-03-01&to=2026-03-01&q=INV-7&kind=export');
  const { from, to, ...rest } = historyFilterOf(filter, ['invoices']);
  expect(rest).toEqual({ entity: null, kind: 'export', q: 'INV-7' });
  expect(new Date(to ?? '').getTime() - new Date(from ?? '').getTime()).toBe(24 * 60 * 60 * 1000 - 1);
});

test('a list of records reads every filter, and no nonsense', async () => {
  const { filter } = await open(
    '/records/invoices?q=7&state=FAILED&exported=no&noExport=yes&dateFrom=2026-01-31&dateTo=soon',
  );
  const found = recordFilterOf(filter);
  expect(found).toMatchObject({
    q: '7',
    syncState: 'FAILED',
    exported: false,
    noExport: true,
    noImport: null,
  });
  expect(found).toMatchObject({ dateFrom: '2026-01-31', dateTo: null });
});

test('sorting goes up, down, and back to the order of the list', () => {
  expect(nextSort(undefined, 'date')).toBe('date');
  expect(nextSort('date', 'date')).toBe('-date');
  expect(nextSort('-date', 'date')).toBeUndefined();
  expect(sortOf('-date')).toEqual({ column: 'date', sort: { key: 'DATE', descending: true } });
  expect(sortOf('colour')).toBeUndefined();
});
