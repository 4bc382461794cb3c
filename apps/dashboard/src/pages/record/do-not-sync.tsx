// Two boxes that keep a record from being sent or read; ticking one reveals a place for the reason.
import { createEffect, createSignal, Show } from 'solid-js';
import { refusalOf, send, useClient } from '../../gql.ts';
import type { VariablesOf } from '../../graphql.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CheckField, TextField } from '../../ui/field.tsx';
import { notify } from '../../ui/notice.tsx';
import { type RecordRow, setDoNotSyncDocument } from './query.ts';

type Change = Omit<VariablesOf<typeof setDoNotSyncDocument>['input'], 'id'>;

export function DoNotSync(props: { record: RecordRow; onDone: () => void }) {
  const client = useClient();
  const [busy, setBusy] = createSignal(false);

  async function set(change: Change, said: string) {
    setBusy(true);
    const answer = await send(client, setDoNotSyncDocument, { input: { id: props.record.id, ...change } });
    setBusy(false);
    const refusal = answer.kind === 'unreachable' ? answer.message : refusalOf(answer.data.setDoNotSync);
    if (refusal === undefined) notify(said);
    else notify(refusal, { tone: 'bad' });
    props.onDone();
  }
  return (
    <Card title="Do not sync">
      <div class="flex flex-col gap-3">
        <Flag
          label="Do not export to Xero"
          reasonLabel="Reason for not exporting"
          on={props.record.noExport}
          reason={props.record.noExportReason}
          busy={busy()}
          onToggle={(on) =>
            void set(
              { export: on, exportReason: null },
              on ? 'Kept from being sent to Xero.' : 'May be sent to Xero again.',
            )
          }
          onReason={(reason) => void set({ export: true, exportReason: reason }, 'Reason saved.')}
        />
        <Flag
          label="Do not import from Xero"
          reasonLabel="Reason for not importing"
          on={props.record.noImport}
          reason={props.record.noImportReason}
          busy={busy()}
          onToggle={(on) =>
            void set(
              { import: on, importReason: null },
              on ? 'Kept from being read from Xero.' : 'May be read from Xero again.',
            )
          }
          onReason={(reason) => void set({ import: true, importReason: reason }, 'Reason saved.')}
        />
      </div>
    </Card>
  );
}

function Flag(props: {
  label: string;
  reasonLabel: string;
  on: boolean;
  reason: string | null;
  busy: boolean;
  onToggle: (on: boolean) => void;
  onReason: (reason: string | null) => void;
}) {
  const [typed, setTyped] = createSignal('');
  createEffect(() => setTyped(props.reason ?? ''));
  const changed = () => typed().trim() !== (props.reason ?? '');

  function submit(event: SubmitEvent) {
    event.preventDefault();
    const reason = typed().trim();
    props.onReason(reason === '' ? null : reason);
  }
  return (
    <div>
      <CheckField label={props.label} checked={props.on} disabled={props.busy} onToggle={props.onToggle} />
      <Show when={props.on}>
        <form class="mt-1 flex items-end gap-2 pl-7" onSubmit={submit}>
          <TextField
            label="Reason"
            aria-label={props.reasonLabel}
            class="flex-1"
            placeholder="Optional"
            maxlength={500}
            value={typed()}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!changed() || props.busy}>
            Save
          </Button>
        </form>
      </Show>
    </div>
  );
}
