// Where a record stands in Xero: its ids on both sides, and when it was last sent and read.
import ExternalLink from 'lucide-solid/icons/external-link';
import { type JSX, Show } from 'solid-js';
import { Ago } from '../../ui/ago.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyId } from '../../ui/copy-id.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { XeroMark } from '../../ui/xero-mark.tsx';
import type { RecordRow } from './query.ts';

export function InXero(props: { record: RecordRow }) {
  return (
    <Card
      title={
        <span class="flex items-center gap-2.5">
          <XeroMark small />
          In Xero
        </span>
      }
      aside={
        <Show when={props.record.xeroUrl}>
          {(url) => (
            <a
              href={url()}
              target="_blank"
              rel="noreferrer"
              class="inline-flex items-center gap-1.5 py-1 text-sm font-medium text-accent underline-offset-2 hover:underline"
            >
              Open in Xero
              <ExternalLink size={14} aria-hidden="true" />
            </a>
          )}
        </Show>
      }
    >
      <dl class="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-5 gap-y-2.5">
        <Row label="State">
          <StateBadge state={props.record.syncState} />
        </Row>
        <Row label="Accounting code">{props.record.accountingCode ?? 'None: not sent yet'}</Row>
        <Row label="Last export">
          <Ago at={props.record.lastExportAt} none="Never" absolute />
        </Row>
        <Row label="Last import">
          <Ago at={props.record.lastImportAt} none="Never" absolute />
        </Row>
        <Row label="Xero's id">
          <Show when={props.record.xeroId} fallback="–">
            {(id) => <CopyId id={id()} label="Xero's id" />}
          </Show>
        </Row>
        <Row label="Stockbook's id">
          <CopyId id={props.record.id} label="Stockbook's id" />
        </Row>
      </dl>
    </Card>
  );
}

function Row(props: { label: string; children: JSX.Element }) {
  return (
    <>
      <dt class="text-muted">{props.label}</dt>
      <dd class="min-w-0 truncate">{props.children}</dd>
    </>
  );
}
