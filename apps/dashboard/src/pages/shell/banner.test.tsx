// The banner over every page: what keeps anything from being saved or sent, with the one action that helps where there is one.
import { cleanup } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { createLiveQuery } from '../../gql.ts';
import { FailureBanner } from './banner.tsx';
import { calm } from './calm.ts';
import { useFrame } from './frame.ts';
import { createFarEnd, framed } from './framed.tsx';
import { recentFailuresDocument, type Status } from './query.ts';

afterEach(cleanup);

/** A far end whose status is what `far` holds when it is asked. */
function open(far: { status: Status }) {
  let refetch = () => {};
  function Banner() {
    refetch = useFrame().status.refetch;
    return (
      <FailureBanner failures={createLiveQuery(recentFailuresDocument, () => ({}), { pause: () => true })} />
    );
  }
  const client = createFarEnd(() => ({ status: { ...far.status } }));
  const view = framed(client, () => <Banner />);
  return { view, refetch: () => refetch() };
}

const readOnly =
  'The database’s disk is full: nothing can be saved. Free space on the volume of PostgreSQL’s data folder.';

test('a database that keeps nothing is told above a lost connection, each notice with what helps, and goes by itself', async () => {
  const connection = { ...calm.connection, state: 'PAUSED', problem: 'Xero ended the access.' } as const;
  const far: { status: Status } = { status: { ...calm, connection, readOnly } };
  const { view, refetch } = open(far);
  const [first, second] = await view.findAllByRole('alert');
  expect(first?.textContent).toBe(readOnly);
  // There is nothing to press: it helps nowhere but on that machine.
  expect(first?.querySelector('a')).toBeNull();
  expect(second?.textContent).toContain('Connection lost: reconnect. Xero ended the access.');
  expect(second?.querySelector('a')?.getAttribute('href')).toBe('/connect');
  far.status = { ...calm, connection, rejected: 2 };
  refetch();
  await expect.poll(() => view.getByRole('alert').textContent).toContain('Connection lost: reconnect.');
  expect(view.getByRole('link', { name: 'Reconnect' }).getAttribute('href')).toBe('/connect');
  far.status = calm;
  refetch();
  await expect.poll(() => view.queryByRole('alert')).toBeNull();
});

test('failed records lead to the errors', async () => {
  const { view } = open({ status: { ...calm, rejected: 2 } });
  expect((await view.findByRole('alert')).textContent).toContain('2 records failed to reach Xero.');
  expect(view.getByRole('link', { name: 'View errors' }).getAttribute('href')).toBe('/errors');
});
