// A moment: relative in the text, exact in the tooltip and in `datetime`.
import { Show } from 'solid-js';
import { nowMs } from '../clock.ts';
import { formatAgo, formatDayTime, formatFullTime } from '../format.ts';

export function Ago(props: { at: string | null; none?: string; absolute?: boolean }) {
  return (
    <Show when={props.at} fallback={<span class="text-muted">{props.none ?? '–'}</span>}>
      {(at) => (
        <time datetime={at()} title={formatFullTime(at())} class="whitespace-nowrap">
          {props.absolute === true ? formatDayTime(at()) : formatAgo(at(), nowMs())}
        </time>
      )}
    </Show>
  );
}
