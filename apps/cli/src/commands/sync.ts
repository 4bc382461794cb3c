// `stockbook sync`: opens a run; with --wait it first waits for an active one and then ends with its own.
import type { Api } from '../api.ts';
import { defineCommand, noWords, type Outcome, ready, type Session } from '../command.ts';
import type { Refused } from '../documents/document.ts';
import { type Run, runProgress, runQuery, syncNow } from '../documents/run.ts';
import { statusQuery } from '../documents/status.ts';
import { follow } from '../follow.ts';
import { Sentence } from '../sentence.ts';
import { activeRunText, rejectedOf, runReport } from './run-text.ts';

export const sync = defineCommand<Input>({
  words: 'sync',
  takes: '[--wait] [--strict]',
  summary: 'Sends what is pending to Xero, in one run.',
  options: {
    wait: { about: 'waits for an active run, opens its own and ends with it' },
    strict: { about: 'with --wait: refused records make the exit code 1' },
  },
  read: (given) => noWords(given) ?? ready({ wait: given.flag('wait'), strict: given.flag('strict') }),
  run: (session, { wait, strict }) => (wait ? syncAndWait(session, strict) : syncOnce(session.api)),
});

interface Input {
  wait: boolean;
  strict: boolean;
}

type Opened = { kind: 'opened'; run: Run } | { kind: 'nothing' } | { kind: 'active'; runId: string };

/** Throws a Sentence for every refusal but an active run. */
async function open(api: Api): Promise<Opened> {
  const result = await api.ask(syncNow);
  if (result.kind === 'refused') return active(result);
  const { run } = result.payload;
  return run === null ? { kind: 'nothing' } : { kind: 'opened', run };
}

function active(refused: Refused): Opened {
  // Without a run it is refused for another reason, such as that nothing is connected.
  if (!refused.conflict || refused.runId === null) throw new Sentence(refused.message);
  return { kind: 'active', runId: refused.runId };
}

async function syncOnce(api: Api): Promise<Outcome> {
  const opened = await open(api);
  switch (opened.kind) {
    case 'opened':
      return {
        exitCode: 0,
        json: { run: opened.run },
        text: `Run ${opened.run.id} is open; stockbook status shows it.`,
      };
    case 'nothing':
      return nothing();
    case 'active':
      return refusedBy(await readRun(api, opened.runId));
  }
}

async function readRun(api: Api, id: string): Promise<Run> {
  const run = await api.ask(runQuery, { id });
  if (run === null) throw new Sentence(`The server no longer knows ${id}.`);
  return run;
}

function nothing(): Outcome {
  return { exitCode: 0, json: { run: null, pending: 0 }, text: 'Nothing is pending.' };
}

function refusedBy(run: Run): Outcome {
  const text = activeRunText(run);
  return { exitCode: 3, json: { error: text, runId: run.id, parkedUntil: run.parkedUntil, run }, text };
}

async function syncAndWait(session: Session, strict: boolean): Promise<Outcome> {
  const { activeRun } = await session.api.ask(statusQuery);
  let waitFor = activeRun?.id ?? null;
  for (;;) {
    if (waitFor !== null) {
      const other = await watch(session, waitFor, 'Waiting for an active run');
      if (other.state === 'PARKED') return refusedBy(other);
    }
    const opened = await open(session.api);
    if (opened.kind === 'nothing') return nothing();
    if (opened.kind === 'opened') return ended(await watch(session, opened.run.id, 'Syncing'), strict);
    // Somebody else's run came first: that one is waited for as well.
    waitFor = opened.runId;
  }
}

async function watch({ api, progress }: Session, id: string, label: string): Promise<Run> {
  const run = await follow<Run>(api, {
    live: runProgress,
    look: runQuery,
    id,
    onNews: ({ done, total }) => progress.show(label, done, total),
    until: ({ state }) => state !== 'WAITING' && state !== 'RUNNING',
  });
  progress.end();
  return run;
}

function ended(run: Run, strict: boolean): Outcome {
  if (run.state === 'PARKED') return refusedBy(run);
  const done = run.state === 'DONE';
  const failed = !done || (strict && rejectedOf(run) > 0);
  const error = done ? {} : { error: run.reason ?? 'The run did not end.' };
  return { exitCode: failed ? 1 : 0, json: { ...error, run }, text: runReport(run) };
}
