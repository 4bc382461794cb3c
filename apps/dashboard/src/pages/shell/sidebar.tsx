// Navigation at the left: words from 768 px on, icons below; on phones the bottom bar takes over.
import { A } from '@solidjs/router';
import clsx from 'clsx';
import type { LucideIcon } from 'lucide-solid';
import BookOpen from 'lucide-solid/icons/book-open';
import Boxes from 'lucide-solid/icons/boxes';
import FileText from 'lucide-solid/icons/file-text';
import Percent from 'lucide-solid/icons/percent';
import ReceiptText from 'lucide-solid/icons/receipt-text';
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal';
import Table2 from 'lucide-solid/icons/table-2';
import Users from 'lucide-solid/icons/users';
import { For, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { entityPath } from '../../entity-path.ts';
import { formatCount } from '../../format.ts';
import { useFrame } from './frame.ts';
import { type Entry, settingUp, watching } from './navigation.ts';
import type { EntityRow } from './query.ts';

/** An entity the list does not know gets the last icon: a new one needs no change here. */
const entityIcons: Readonly<Record<string, LucideIcon>> = {
  contacts: Users,
  items: Boxes,
  invoices: FileText,
  credit_notes: ReceiptText,
  stock_adjustments: SlidersHorizontal,
  accounts: BookOpen,
  tax_rates: Percent,
};

export function Sidebar() {
  const { status, entities } = useFrame();
  const rows = (readOnly: boolean) =>
    (entities.data?.entities ?? []).filter((entity) => (entity.exports === 'READ_ONLY') === readOnly);
  const countOf = (entry: Entry) => {
    const known = status.data?.status;
    return known === undefined || entry.count === undefined ? 0 : entry.count(known);
  };
  return (
    <nav
      aria-label="Main"
      class="sticky top-0 hidden h-dvh w-15 shrink-0 flex-col gap-5 overflow-y-auto border-r border-line bg-surface px-2 py-4 sm:flex md:w-62 md:px-3"
    >
      <A href="/" class="flex h-9 items-center gap-2.5 rounded-lg px-2 md:px-2.5">
        <img src="/favicon.svg" alt="" width="24" height="24" class="size-6 shrink-0" />
        <span class="max-md:sr-only text-base font-semibold tracking-tight">Stockbook</span>
      </A>
      <Group title="Sync">
        <For each={watching}>{(entry) => <NavLink {...entry} badge={countOf(entry)} />}</For>
      </Group>
      <Group title="Records">
        <For each={rows(false)}>{(entity) => <EntityLink entity={entity} />}</For>
      </Group>
      <Show when={rows(true).length > 0}>
        <Group title="From Xero">
          <For each={rows(true)}>{(entity) => <EntityLink entity={entity} />}</For>
        </Group>
      </Show>
      <Group title="Set up">
        <For each={settingUp}>{(entry) => <NavLink {...entry} badge={0} />}</For>
      </Group>
    </nav>
  );
}

function Group(props: { title: string; children: JSX.Element }) {
  return (
    <div>
      <p class="mb-1 hidden px-2.5 text-xs font-medium text-muted md:block">{props.title}</p>
      <ul class="flex flex-col gap-0.5">{props.children}</ul>
    </div>
  );
}

function EntityLink(props: { entity: EntityRow }) {
  return (
    <NavLink
      href={entityPath(props.entity.name)}
      label={props.entity.label}
      icon={entityIcons[props.entity.name] ?? Table2}
      badge={props.entity.count}
      plainBadge
    />
  );
}

function NavLink(props: {
  href: string;
  label: string;
  icon: LucideIcon;
  badge: number;
  alarming?: boolean;
  plainBadge?: boolean;
}) {
  return (
    <li>
      <A
        href={props.href}
        end={props.href === '/'}
        title={props.label}
        class="relative flex h-9 items-center gap-3 rounded-lg px-3 font-medium transition-colors md:px-2.5"
        activeClass="bg-accent-soft text-accent"
        inactiveClass="text-muted hover:bg-raised hover:text-ink"
      >
        <Dynamic component={props.icon} size={18} aria-hidden="true" class="shrink-0" />
        <span class="max-md:sr-only md:min-w-0 md:flex-1 md:truncate">{props.label}</span>
        <Show when={props.badge > 0}>
          <span
            class={clsx(
              'hidden text-xs md:inline',
              props.alarming === true && 'rounded-full bg-bad px-1.5 py-px font-semibold text-surface',
              props.plainBadge === true && 'font-normal',
            )}
          >
            {formatCount(props.badge)}
          </span>
          <Show when={props.alarming}>
            <span class="absolute top-1.5 right-2 size-2 rounded-full bg-bad md:hidden" />
          </Show>
        </Show>
      </A>
    </li>
  );
}
