// The filters of a list of records: the usual ones at once, the others behind a button; only those its columns allow.

import clsx from 'clsx';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import { createSignal, Show } from 'solid-js';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { stateWord } from '../../ui/state-badge.tsx';
import type { UrlFilter } from '../../url-filter.ts';
import { filterKeys, syncStates } from './model.ts';
import type { EntityColumns } from './query.ts';

const alwaysShown: readonly string[] = ['q', 'state', 'exported'];
const yesNo = [
  { value: '', label: 'Any' },
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

interface FilterProps {
  url: UrlFilter;
  entity: EntityColumns;
}

export function Filters(props: FilterProps) {
  const hiddenInUse = () =>
    filterKeys.some((key) => !alwaysShown.includes(key) && props.url.get(key) !== undefined);
  const [opened, setOpened] = createSignal<boolean>();
  const open = () => opened() ?? hiddenInUse();
  const can = (key: string) => props.entity.columns.some((column) => column.key === key && column.filterable);
  return (
    <search class="mb-4 flex flex-col gap-3">
      <div class="grid grid-cols-2 items-end gap-3 md:grid-cols-3 xl:grid-cols-[minmax(12rem,1fr)_11rem_9rem_auto_auto]">
        <TextField
          label="Search"
          type="search"
          class="col-span-2 xl:col-span-1"
          placeholder="Number or name"
          value={props.url.get('q') ?? ''}
          onChange={(event) => props.url.set('q', event.currentTarget.value.trim())}
        />
        <Show when={can('syncState')}>
          <SelectField
            label="Sync state"
            value={props.url.get('state') ?? ''}
            onPick={(value) => props.url.set('state', value)}
            options={[
              { value: '', label: 'Any' },
              ...syncStates.map((state) => ({ value: state, label: stateWord(state) })),
            ]}
          />
          <SelectField
            label="Sent to Xero"
            value={props.url.get('exported') ?? ''}
            onPick={(value) => props.url.set('exported', value)}
            options={yesNo}
          />
        </Show>
        <Button aria-expanded={open()} aria-controls="more-filters" onClick={() => setOpened(!open())}>
          More filters
          <ChevronDown
            size={15}
            aria-hidden="true"
            class={clsx('transition-transform', open() && 'rotate-180')}
          />
        </Button>
        <Button
          kind="quiet"
          class="max-xl:disabled:hidden"
          disabled={!filterKeys.some((key) => props.url.get(key) !== undefined)}
          onClick={() => props.url.clear(filterKeys)}
        >
          Clear
        </Button>
      </div>
      <Show when={open()}>
        <MoreFilters url={props.url} entity={props.entity} can={can} />
      </Show>
    </search>
  );
}

function MoreFilters(props: FilterProps & { can: (key: string) => boolean }) {
  return (
    <div
      id="more-filters"
      class="grid grid-cols-2 items-end gap-3 rounded-xl border border-line bg-surface p-4 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-6"
    >
      <Show when={props.can('status')}>
        <TextFilter url={props.url} name="status" label="Status" />
      </Show>
      <Show when={props.can('accountingCode')}>
        <TextFilter url={props.url} name="code" label="Accounting code" />
      </Show>
      <Show when={props.can('date')}>
        <TextFilter url={props.url} name="dateFrom" label="Date from" day />
        <TextFilter url={props.url} name="dateTo" label="Date to" day />
      </Show>
      <Show when={props.can('lastExportAt')}>
        <TextFilter url={props.url} name="exportFrom" label="Last export from" day />
        <TextFilter url={props.url} name="exportTo" label="Last export to" day />
      </Show>
      <Show when={props.can('lastImportAt')}>
        <TextFilter url={props.url} name="importFrom" label="Last import from" day />
        <TextFilter url={props.url} name="importTo" label="Last import to" day />
      </Show>
      <Show when={props.can('noExport')}>
        <SelectField
          label="Do not export"
          value={props.url.get('noExport') ?? ''}
          onPick={(value) => props.url.set('noExport', value)}
          options={yesNo}
        />
      </Show>
      <Show when={props.can('noImport')}>
        <SelectField
          label="Do not import"
          value={props.url.get('noImport') ?? ''}
          onPick={(value) => props.url.set('noImport', value)}
          options={yesNo}
        />
      </Show>
    </div>
  );
}

function TextFilter(props: { url: UrlFilter; name: string; label: string; day?: boolean }) {
  return (
    <TextField
      label={props.label}
      type={props.day === true ? 'date' : 'text'}
      value={props.url.get(props.name) ?? ''}
      onChange={(event) => props.url.set(props.name, event.currentTarget.value.trim())}
    />
  );
}
