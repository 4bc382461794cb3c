// The calls to Xero that a record took part in.
import { Match, Show, Switch } from 'solid-js';
import { formatCount, formatSpan } from '../../format.ts';
import { Ago } from '../../ui/ago.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyId } from '../../ui/copy-id.tsx';
import { Empty } from '../../ui/shown.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import type { RecordRow } from './query.ts';

type Attempt = RecordRow['attempts'][number];

const columns: readonly TableColumn[] = [
  { key: 'startedAt', label: 'When' },
  { key: 'kind', label: 'Call' },
  { key: 'outcome', label: 'Outcome', class: 'w-full min-w-48' },
  { key: 'status', label: 'Status', numeric: true },
  { key: 'took', label: 'Took', numeric: true },
];

export function Attempts(props: { attempts: readonly Attempt[] }) {
  return (
    <Card title="Calls to Xero" flush>
      <div class="border-t border-line">
        <Show
          when={props.attempts.length > 0}
          fallback={<Empty title="Not sent yet">Each call it takes part in is listed here.</Empty>}
        >
          <Table
            label="Calls to Xero"
            columns={columns}
            rows={props.attempts}
            cell={(attempt, column) => <AttemptCell attempt={attempt} column={column.key} />}
            card={(attempt) => (
              <div class="px-4 py-3">
                <p class="flex justify-between gap-3">
                  <span class="text-muted">
                    {callWord(attempt)}, <Ago at={attempt.startedAt} absolute />
                  </span>
                  <span class="text-muted">{attempt.status}</span>
                </p>
                <Outcome attempt={attempt} />
              </div>
            )}
          />
        </Show>
      </div>
    </Card>
  );
}

function AttemptCell(props: { attempt: Attempt; column: string }) {
  return (
    <Switch>
      <Match when={props.column === 'startedAt'}>
        <Ago at={props.attempt.startedAt} absolute />
      </Match>
      <Match when={props.column === 'kind'}>{callWord(props.attempt)}</Match>
      <Match when={props.column === 'outcome'}>
        <Outcome attempt={props.attempt} />
      </Match>
      <Match when={props.column === 'status'}>{props.attempt.status ?? '–'}</Match>
      <Match when={props.column === 'took'}>
        <Show when={props.attempt.endedAt} fallback="–">
          {(ended) => {
            const tookMs = () => new Date(ended()).getTime() - new Date(props.attempt.startedAt).getTime();
            return <>{tookMs() < 1000 ? `${tookMs()} ms` : formatSpan(tookMs())}</>;
          }}
        </Show>
      </Match>
    </Switch>
  );
}

function callWord({ kind, size }: Attempt): string {
  const words: Readonly<Record<string, string>> = { look: 'Look', compare: 'Compare' };
  return `${words[kind] ?? 'Send'} of ${formatCount(size)}`;
}

const outcomes: Readonly<Record<string, string>> = {
  answered: 'Answered',
  'unknown-outcome': 'Outcome unknown',
  unreachable: 'Xero was not reached',
  'rate-limited': 'Xero asked to wait',
  unauthorised: 'Access refused',
  invalid: 'Refused',
};

/** What it came to, Xero's words, and behind a fold the key and this record's part of both bodies. */
function Outcome(props: { attempt: Attempt }) {
  const words = () => {
    const { kind, outcome, status } = props.attempt;
    if (outcome === null) return 'Under way';
    // Only Xero's own refusal has a status. The message says whether another request of the call went before.
    if (outcome === 'rate-limited' && status === null) return 'Kept back by Stockbook';
    // A read leaves nothing behind that could be unknown.
    if (outcome === 'unknown-outcome' && kind !== 'send') return 'No clear answer';
    return outcomes[outcome] ?? outcome;
  };
  return (
    <>
      {words()}
      <Show when={props.attempt.message}>
        <span class="block text-xs break-words text-bad">{props.attempt.message}</span>
      </Show>
      <Bodies attempt={props.attempt} />
    </>
  );
}

/** This record's part of what went and what came back; private values stand as dots. */
function Bodies(props: { attempt: Attempt }) {
  return (
    <Show when={props.attempt.request !== null || props.attempt.answer !== null}>
      <details>
        <summary class="cursor-pointer py-1 text-accent underline-offset-2 hover:underline">
          What went and what came back
        </summary>
        <p class="flex flex-wrap items-center gap-2 text-xs text-muted">
          Idempotency key <CopyId id={props.attempt.key} label="idempotency key" />
        </p>
        <Body label="Sent" text={props.attempt.request} />
        <Body label="Answered" text={props.attempt.answer} />
      </details>
    </Show>
  );
}

function Body(props: { label: string; text: string | null }) {
  return (
    <Show when={props.text}>
      {(text) => (
        <>
          <p class="mt-2 text-xs text-muted">{props.label}</p>
          <section
            aria-label={props.label}
            tabindex={0}
            class="mt-1 max-h-72 max-w-md overflow-auto rounded-lg bg-raised p-3"
          >
            <pre class="font-mono text-xs whitespace-pre">{text()}</pre>
          </section>
        </>
      )}
    </Show>
  );
}
