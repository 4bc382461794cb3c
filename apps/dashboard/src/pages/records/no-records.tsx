// An empty list of records: the filter is to blame, or it says where records come from.
import { Show } from 'solid-js';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Empty } from '../../ui/shown.tsx';
import type { EntityColumns } from './query.ts';

export function NoRecords(props: { entity: EntityColumns; filtered: boolean; onClear: () => void }) {
  return (
    <Show
      when={!props.filtered}
      fallback={
        <Empty
          title="Nothing matches this filter"
          action={<Button onClick={() => props.onClear()}>Show everything</Button>}
        />
      }
    >
      <Show
        when={props.entity.exports === 'READ_ONLY'}
        fallback={
          <Empty
            title={`No ${props.entity.label.toLowerCase()} yet`}
            action={<ButtonLink href="/import">Import a CSV file</ButtonLink>}
          >
            They come from a CSV file or through the API.
          </Empty>
        }
      >
        <Empty
          title={`No ${props.entity.label.toLowerCase()} yet`}
          action={<ButtonLink href="/connect">Connect Xero</ButtonLink>}
        >
          They are read from Xero when you connect.
        </Empty>
      </Show>
    </Show>
  );
}
