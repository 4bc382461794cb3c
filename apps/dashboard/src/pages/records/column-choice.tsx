// Which columns of an entity are shown; kept in this browser, for each entity apart.
import Columns3 from 'lucide-solid/icons/columns-3';
import { type Accessor, createMemo, createSignal, For, lazy, Show, Suspense } from 'solid-js';
import { IconButton } from '../../ui/button.tsx';
import { CheckField } from '../../ui/field.tsx';
import type { Column, EntityColumns } from './query.ts';

const Popover = lazy(() => import('../../ui/popover.tsx').then((part) => ({ default: part.Popover })));

const triggerClass = 'border border-line bg-surface';

export interface ColumnChoiceState {
  all: Accessor<readonly Column[]>;
  shown: Accessor<readonly Column[]>;
  isShown(key: string): boolean;
  toggle(key: string, shown: boolean): void;
}

export function createColumnChoice(entity: Accessor<EntityColumns>): ColumnChoiceState {
  const storeKey = () => `columns-hidden:${entity().name}`;
  const [version, setVersion] = createSignal(0);
  const hidden = createMemo(() => {
    version();
    return new Set((localStorage.getItem(storeKey()) ?? '').split(',').filter((key) => key !== ''));
  });
  const all = () => entity().columns;
  return {
    all,
    shown: createMemo(() => all().filter((column, index) => index === 0 || !hidden().has(column.key))),
    isShown: (key) => !hidden().has(key),
    toggle(key, shown) {
      const next = new Set(hidden());
      if (shown) next.delete(key);
      else next.add(key);
      localStorage.setItem(storeKey(), [...next].join(','));
      setVersion((count) => count + 1);
    },
  };
}

export function ColumnChoice(props: { choice: ColumnChoiceState }) {
  const [armed, setArmed] = createSignal(false);
  const [open, setOpen] = createSignal(false);
  const icon = () => <Columns3 size={18} aria-hidden="true" />;
  function openFirst() {
    setArmed(true);
    setOpen(true);
  }
  const closed = () => (
    <IconButton
      label="Columns"
      class={triggerClass}
      aria-haspopup="dialog"
      aria-expanded={false}
      onClick={openFirst}
    >
      {icon()}
    </IconButton>
  );
  return (
    <div class="hidden sm:block">
      <Show when={armed()} fallback={closed()}>
        <Suspense fallback={closed()}>
          <Popover
            label="Columns"
            open={open()}
            onOpen={setOpen}
            trigger={icon()}
            triggerClass={triggerClass}
          >
            <fieldset class="flex flex-col px-4 py-3">
              <legend class="sr-only">Columns shown</legend>
              <For each={props.choice.all().slice(1)}>
                {(column) => (
                  <CheckField
                    label={column.label}
                    checked={props.choice.isShown(column.key)}
                    onToggle={(shown) => props.choice.toggle(column.key, shown)}
                  />
                )}
              </For>
            </fieldset>
          </Popover>
        </Suspense>
      </Show>
    </div>
  );
}
