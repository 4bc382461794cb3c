// Choosing the organisation: whoever may have none of those that Xero named has a way back to Xero.
import { cleanup, fireEvent, screen } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { Notices } from '../../ui/notice.tsx';
import { createFarEnd, framed } from '../shell/framed.tsx';
import { Choose } from './choose.tsx';
import type { ConnectionRow } from './query.ts';

afterEach(cleanup);

const connection: ConnectionRow = {
  ...{ __typename: 'Connection', state: 'CHOOSING', problem: null, tenantName: null, tenantId: null },
  ...{
    country: null,
    currency: null,
    connectedBy: null,
    connectedAt: null,
    sandbox: false,
    sandboxUrl: null,
  },
  ...{ unsettled: 0, natures: [], treatments: [] },
  tenants: [{ id: 't', name: 'Paper Lanterns Ltd' }],
};

function open(shown: ConnectionRow) {
  const message = 'The Xero organisation is connected to another one already: connect another.';
  const far = createFarEnd(() => ({ chooseTenant: { __typename: 'UserError', message } }));
  return framed(far, () => (
    <>
      <Choose connection={shown} onDone={() => expect.unreachable('It was refused')} />
      <Notices />
    </>
  ));
}

test('a refusal is said in its own words, and Xero can be asked for another organisation', async () => {
  const view = open(connection);
  fireEvent.click(await view.findByRole('button', { name: 'Next' }));
  await screen.findByText(/connect another/);
  view.getByRole('button', { name: 'Connect again' });
});

test('where Xero named none there is one way on', async () => {
  const view = open({ ...connection, tenants: [] });
  await view.findByText('Xero gave access to no organisation');
  expect(view.getAllByRole('button', { name: 'Connect again' })).toHaveLength(1);
});
