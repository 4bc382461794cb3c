// The buttons of a run and the switch of automatic sync against a far end that keeps a run and a connection.
import { cleanup, fireEvent, screen } from '@solidjs/testing-library';
import type { Operation } from '@urql/core';
import { Show } from 'solid-js';
import { afterEach, expect, test } from 'vitest';
import { Notices } from '../../ui/notice.tsx';
import { AutoSync } from '../overview/auto-sync.tsx';
import { useFrame } from './frame.ts';
import { createFarEnd, framed } from './framed.tsx';
import { RunControls } from './run-controls.tsx';

afterEach(cleanup);

/** The dialog is loaded when it is first needed. */
const loading = { timeout: 20_000 } as const;

/** What the far end knows; `asked` lists the mutations in the order in which they came. */
function createFar(refusal?: string) {
  const run = { __typename: 'Run', id: 'r', state: 'RUNNING', asked: '', reason: null };
  const connection = { __typename: 'Connection', state: 'CONNECTED', autoSync: false };
  const asked: string[] = [];
  const shownRun = () => ({ ...run, asked: run.asked === '' ? null : run.asked });

  function answer({ kind, query, variables }: Operation): object {
    if (kind === 'query') return { status: { activeRun: shownRun(), connection: { ...connection } } };
    const name =
      query.definitions.flatMap((part) => ('name' in part ? [part.name?.value ?? ''] : []))[0] ?? '';
    asked.push(name);
    const refused = { __typename: 'ConflictError', message: refusal };
    if (name === 'SetAutoSync') {
      if (refusal === undefined) connection.autoSync = variables?.on === true;
      return { setAutoSync: refusal === undefined ? { ...connection } : refused };
    }
    if (refusal === undefined) run.asked = name === 'StopRun' ? 'stop' : name === 'PauseRun' ? 'pause' : '';
    return { run: refusal === undefined ? shownRun() : refused };
  }
  return { asked, run, connection, client: createFarEnd(answer) };
}

function Page() {
  const { status } = useFrame();
  return (
    <Show when={status.data?.status.activeRun}>
      {(run) => (
        <>
          <RunControls run={run()} />
          <AutoSync />
          <Notices />
        </>
      )}
    </Show>
  );
}

const open = (far: ReturnType<typeof createFar>) => framed(far.client, () => <Page />);

test('Pause is asked once, and its button says so until the run is parked', async () => {
  const far = createFar();
  const view = open(far);
  const pause = await view.findByRole('button', { name: 'Pause' });
  fireEvent.click(pause);
  await expect.poll(() => pause.textContent).toBe('Pausing …');
  expect(pause).toHaveProperty('disabled', true);
  expect(far.asked).toEqual(['PauseRun']);
});

test('Stop asks a person first, and only a yes goes out', { timeout: 30_000 }, async () => {
  const far = createFar();
  const view = open(far);
  fireEvent.click(await view.findByRole('button', { name: 'Stop' }));
  const yes = await screen.findByRole('button', { name: 'Stop the sync' }, loading);
  expect(far.asked).toEqual([]);
  fireEvent.click(yes);
  await screen.findByRole('button', { name: 'Stopping …' });
  expect(far.asked).toEqual(['StopRun']);
});

test('before a stop it is said that automatic sync goes off with it, where it is on', {
  timeout: 30_000,
}, async () => {
  const far = createFar();
  far.connection.autoSync = true;
  const words = () => screen.getByRole('dialog').textContent;
  const view = open(far);
  fireEvent.click(await view.findByRole('button', { name: 'Stop' }));
  await screen.findByRole('button', { name: 'Stop the sync' }, loading);
  expect(words()).toContain('Automatic sync is switched off, too');
  cleanup();
  far.connection.autoSync = false;
  const again = open(far);
  fireEvent.click(await again.findByRole('button', { name: 'Stop' }));
  await screen.findByRole('button', { name: 'Stop the sync' }, loading);
  expect(words()).not.toContain('Automatic sync');
});

test('the switch of automatic sync turns with the answer, not with the click', async () => {
  const far = createFar();
  const view = open(far);
  const on = await view.findByRole('switch', { name: 'Automatic sync' });
  fireEvent.click(on);
  expect(on.getAttribute('aria-checked')).toBe('false');
  await expect.poll(() => on.getAttribute('aria-checked')).toBe('true');
  await view.findByText('Automatic sync is on.');
});

test('a refusal is said in its own words, and nothing changes', async () => {
  const far = createFar('The run has ended already.');
  const view = open(far);
  fireEvent.click(await view.findByRole('button', { name: 'Pause' }));
  await view.findByText('The run has ended already.');
  await view.findByRole('button', { name: 'Pause' });
  const on = view.getByRole('switch', { name: 'Automatic sync' });
  fireEvent.click(on);
  await expect.poll(() => far.asked).toEqual(['PauseRun', 'SetAutoSync']);
  await expect.poll(() => on.getAttribute('aria-busy')).toBe('false');
  expect(on.getAttribute('aria-checked')).toBe('false');
});
