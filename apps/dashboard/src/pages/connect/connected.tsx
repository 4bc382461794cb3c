// Connected: which organisation, by whom, and the answers that can still be changed.
import ExternalLink from 'lucide-solid/icons/external-link';
import { createMemo, type JSX, Show } from 'solid-js';
import { refusalOf, send, useClient } from '../../gql.ts';
import { Ago } from '../../ui/ago.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyId } from '../../ui/copy-id.tsx';
import { notify } from '../../ui/notice.tsx';
import { Badge } from '../../ui/state-badge.tsx';
import { XeroMark } from '../../ui/xero-mark.tsx';
import { ConnectButton } from './begin.tsx';
import { type Question, questionsOf } from './model.ts';
import { type ConnectionRow, chooseAccountDocument, chooseTaxDocument } from './query.ts';
import { Questions } from './questions.tsx';

export function Connected(props: { connection: ConnectionRow; onDone: () => void }) {
  const paused = () => props.connection.state === 'PAUSED';
  return (
    <div class="grid items-start gap-4 xl:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
      <Card>
        <div class="flex items-center gap-4">
          <XeroMark />
          <div class="min-w-0 flex-1">
            <h2 class="text-base font-semibold">{props.connection.tenantName}</h2>
            <Badge tone={paused() ? 'bad' : 'ok'} class="mt-1">
              {paused() ? 'Paused' : 'Connected'}
            </Badge>
          </div>
        </div>
        <Show when={paused()}>
          <p class="mt-4 rounded-lg bg-bad-soft px-4 py-3 text-bad">
            {props.connection.problem ?? 'Xero no longer accepts this connection.'} Reconnect to go on.
          </p>
        </Show>
        <dl class="mt-4 grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-2.5">
          <Fact label="Connected by">{props.connection.connectedBy}</Fact>
          <Fact label="Since">
            <Ago at={props.connection.connectedAt} absolute />
          </Fact>
          <Fact label="Country">{props.connection.country}</Fact>
          <Fact label="Currency">{props.connection.currency}</Fact>
          <Fact label="Xero's id">
            <Show when={props.connection.tenantId}>
              {(id) => <CopyId id={id()} label="Xero's id of the organisation" />}
            </Show>
          </Fact>
        </dl>
        <div class="mt-5 flex flex-wrap items-center gap-3">
          <ConnectButton plain={!paused()} words="Reconnect" />
          <Show when={props.connection.sandboxUrl}>
            {(url) => (
              <a
                href={url()}
                target="_blank"
                rel="noreferrer"
                class="inline-flex items-center gap-1.5 py-2 font-medium text-accent underline-offset-2 hover:underline"
              >
                Open the sandbox
                <ExternalLink size={14} aria-hidden="true" />
              </a>
            )}
          </Show>
        </div>
      </Card>
      <Choices connection={props.connection} onDone={props.onDone} />
    </div>
  );
}

function Choices(props: { connection: ConnectionRow; onDone: () => void }) {
  const client = useClient();
  const questions = createMemo(() => questionsOf(props.connection));

  async function choose(question: Question, value: string) {
    const answer =
      question.kind === 'account'
        ? await send(client, chooseAccountDocument, { nature: question.id, code: value })
        : await send(client, chooseTaxDocument, { treatment: question.id, type: value });
    const refusal =
      answer.kind === 'unreachable' ? answer.message : refusalOf(Object.values(answer.data)[0] ?? {});
    if (refusal === undefined)
      notify(`${question.label}: saved. What was held for it goes with the next sync.`);
    else notify(refusal, { tone: 'bad' });
    props.onDone();
  }
  return (
    <Card
      title="Accounts and tax rates"
      aside={
        <Show when={props.connection.unsettled > 0}>
          <Badge tone="warn">{props.connection.unsettled} open</Badge>
        </Show>
      }
    >
      <div class="flex flex-col gap-6">
        <Questions
          title="Accounts"
          about="Where the revenue of each kind of line goes in Xero. A change counts for documents sent from now on."
          empty="No sales here yet: accounts are proposed as the first ones arrive."
          questions={questions().accounts}
          picked={{}}
          onPick={(question, value) => void choose(question, value)}
        />
        <Questions
          title="Tax rates"
          about="The tax type that each treatment is sent with."
          empty="No sales here yet: tax types are proposed as the first ones arrive."
          questions={questions().taxes}
          picked={{}}
          onPick={(question, value) => void choose(question, value)}
        />
      </div>
    </Card>
  );
}

function Fact(props: { label: string; children: JSX.Element }) {
  return (
    <>
      <dt class="text-muted">{props.label}</dt>
      <dd class="min-w-0">{props.children ?? '–'}</dd>
    </>
  );
}
