// The last step: this organisation, these accounts and tax rates; Finish.
import { createMemo, createSignal, Show } from 'solid-js';
import { createStore } from 'solid-js/store';
import { formatPlural } from '../../format.ts';
import { refusalOf, send, useClient } from '../../gql.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { notify } from '../../ui/notice.tsx';
import { XeroMark } from '../../ui/xero-mark.tsx';
import { ConnectButton } from './begin.tsx';
import { answersOf, questionsOf } from './model.ts';
import { type ConnectionRow, finishConnectionDocument } from './query.ts';
import { Questions } from './questions.tsx';

export function Confirm(props: { connection: ConnectionRow; onDone: () => void }) {
  const client = useClient();
  const [busy, setBusy] = createSignal(false);
  const [accounts, setAccounts] = createStore<Record<string, string>>({});
  const [taxes, setTaxes] = createStore<Record<string, string>>({});
  const questions = createMemo(() => questionsOf(props.connection));
  const open = () => {
    const { accounts: a, taxes: t } = questions();
    return a.length + t.length - answersOf(a, accounts).length - answersOf(t, taxes).length;
  };

  async function finish() {
    setBusy(true);
    const answer = await send(client, finishConnectionDocument, {
      accounts: answersOf(questions().accounts, accounts).map(({ id, value }) => ({
        nature: id,
        code: value,
      })),
      taxes: answersOf(questions().taxes, taxes).map(({ id, value }) => ({ treatment: id, type: value })),
    });
    setBusy(false);
    const refusal = answer.kind === 'unreachable' ? answer.message : refusalOf(answer.data.finishConnection);
    if (refusal !== undefined) return notify(refusal, { tone: 'bad' });
    notify(`Connected to ${props.connection.tenantName ?? 'Xero'}.`);
    props.onDone();
  }
  return (
    <Card title="Confirm" aside="Step 3 of 3" class="max-w-3xl">
      <div class="flex flex-col gap-6">
        <div class="flex items-center gap-4 rounded-lg bg-raised p-4">
          <XeroMark />
          <div class="min-w-0">
            <p class="truncate text-base font-semibold">{props.connection.tenantName}</p>
            <p class="text-muted">
              {[props.connection.country, props.connection.currency]
                .filter((part) => part !== null)
                .join(' · ')}
            </p>
          </div>
        </div>
        <Questions
          title="Accounts"
          about="Where the revenue of each kind of line goes in Xero."
          empty="No sales here yet: accounts are proposed as the first ones arrive."
          questions={questions().accounts}
          picked={accounts}
          onPick={(question, value) => setAccounts(question.id, value)}
        />
        <Questions
          title="Tax rates"
          about="The tax type that each treatment is sent with."
          empty="No sales here yet: tax types are proposed as the first ones arrive."
          questions={questions().taxes}
          picked={taxes}
          onPick={(question, value) => setTaxes(question.id, value)}
        />
        <Show when={open() > 0}>
          <p class="rounded-lg bg-warn-soft px-4 py-3 text-warn">
            {formatPlural(open(), 'question is', 'questions are')} open. You can finish now; documents that
            need the answer are held until it is given.
          </p>
        </Show>
        <div class="flex flex-wrap justify-end gap-2">
          <ConnectButton plain words="Use another organisation" />
          <Button kind="primary" busy={busy()} onClick={() => void finish()}>
            Finish
          </Button>
        </div>
      </div>
    </Card>
  );
}
