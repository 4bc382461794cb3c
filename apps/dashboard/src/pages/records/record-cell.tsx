// One cell of a list of records, drawn by what its column holds.
import { A } from '@solidjs/router';
import Check from 'lucide-solid/icons/check';
import { Match, Show, Switch } from 'solid-js';
import { recordPath } from '../../entity-path.ts';
import { formatDate, formatMoney } from '../../format.ts';
import { Ago } from '../../ui/ago.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import type { Column, RecordRow } from './query.ts';

export function RecordCell(props: { row: RecordRow; column: Column | undefined; first: boolean }) {
  const text = () => props.row.cells.find((cell) => cell.key === props.column?.key)?.text ?? '';
  return (
    <Switch
      fallback={
        <span class="block max-w-72 truncate" title={text()}>
          {text()}
        </span>
      }
    >
      <Match when={props.first}>
        <A
          href={recordPath(props.row)}
          class="block max-w-72 truncate font-medium text-accent underline-offset-2 hover:underline"
        >
          {text() === '' ? props.row.title : text()}
        </A>
      </Match>
      <Match when={props.column?.kind === 'STATE'}>
        <span title={props.row.problem ?? ''}>
          <StateBadge state={text().toUpperCase()} />
        </span>
      </Match>
      <Match when={text() === ''}>{''}</Match>
      <Match when={props.column?.kind === 'DATE'}>{formatDate(text())}</Match>
      <Match when={props.column?.kind === 'TIME'}>
        <Ago at={text()} absolute />
      </Match>
      <Match when={props.column?.kind === 'MONEY'}>{formatMoney(text(), props.row.currency)}</Match>
      <Match when={props.column?.kind === 'FLAG'}>
        <Show when={text() !== ''}>
          <span class="inline-flex items-center gap-1.5 text-warn">
            <Check size={15} aria-hidden="true" />
            Yes
          </span>
        </Show>
      </Match>
    </Switch>
  );
}
