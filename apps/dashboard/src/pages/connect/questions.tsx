// Where each kind of revenue and each tax goes: one select a line, what nobody settled is flagged.
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { For, Show } from 'solid-js';
import { formatPlural } from '../../format.ts';
import { SelectField } from '../../ui/field.tsx';
import { Badge } from '../../ui/state-badge.tsx';
import type { Question } from './model.ts';

export function Questions(props: {
  title: string;
  about: string;
  empty: string;
  questions: readonly Question[];
  picked: Readonly<Record<string, string>>;
  onPick: (question: Question, value: string) => void;
}) {
  return (
    <section class="flex flex-col gap-1">
      <h3 class="font-semibold">{props.title}</h3>
      <p class="text-muted">{props.about}</p>
      <ul class="mt-2 divide-y divide-line">
        <For each={props.questions} fallback={<li class="py-3 text-muted">{props.empty}</li>}>
          {(question) => (
            <Line
              question={question}
              value={props.picked[question.id] ?? question.chosen}
              onPick={props.onPick}
            />
          )}
        </For>
      </ul>
    </section>
  );
}

function Line(props: {
  question: Question;
  value: string;
  onPick: (question: Question, value: string) => void;
}) {
  const options = () =>
    props.value === ''
      ? [{ value: '', label: 'Choose…' }, ...props.question.options]
      : props.question.options;
  return (
    <li class="grid gap-x-5 gap-y-2 py-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,20rem)] sm:items-center">
      <div class="flex min-w-0 flex-wrap items-center gap-2">
        <span class="font-medium">{props.question.label}</span>
        <Show when={props.value === ''}>
          <Badge tone="warn">
            <TriangleAlert size={13} aria-hidden="true" />
            Needs an answer
          </Badge>
        </Show>
        <Show when={props.question.held > 0}>
          <span class="text-xs text-muted">
            holds {formatPlural(props.question.held, 'document', 'documents')}
          </span>
        </Show>
      </div>
      <SelectField
        quiet
        label={props.question.label}
        options={options()}
        value={props.value}
        onPick={(value) => props.onPick(props.question, value)}
      />
    </li>
  );
}
