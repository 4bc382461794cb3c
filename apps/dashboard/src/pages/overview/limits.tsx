// What Xero still allows, and what the last run used of it.
import { type JSX, Show } from 'solid-js';
import { nowMs } from '../../clock.ts';
import { formatCount, formatPlural, formatUntil } from '../../format.ts';
import { Card } from '../../ui/card.tsx';
import { Empty } from '../../ui/shown.tsx';
import type { Status } from '../shell/query.ts';

export function Limits(props: { calls: Status['calls']; forecast: Status['forecast']; connected: boolean }) {
  const told = () => props.calls.leftThisMinute !== null || props.calls.leftToday !== null;
  return (
    <Card title="Calls to Xero">
      <Show
        when={told()}
        fallback={
          <Empty title="Nothing told yet">
            {props.connected
              ? 'Xero tells what it still allows with its first answer.'
              : 'Connect Xero first.'}
          </Empty>
        }
      >
        <dl class="grid grid-cols-2 gap-x-5 gap-y-4">
          <Figure label="Left this minute" large>
            {countOr(props.calls.leftThisMinute)}
          </Figure>
          <Figure label="Left today" large>
            {countOr(props.calls.leftToday)}
          </Figure>
          <Figure label="Used by the last run">
            {formatPlural(props.calls.used, 'write', 'writes')},{' '}
            {formatPlural(props.calls.reads, 'read', 'reads')}
          </Figure>
          <Figure label="Fewest possible writes">{formatCount(props.calls.minimum)}</Figure>
          <Show when={props.forecast.queueClearsAt}>
            {(at) => <Figure label="Queue clears at about">{formatUntil(at(), nowMs())}</Figure>}
          </Show>
          <Show when={props.forecast.callsLastUntil}>
            {(at) => <Figure label="Today’s calls last until about">{formatUntil(at(), nowMs())}</Figure>}
          </Show>
          <Show when={props.forecast.callsUsedUp}>
            <Figure label="Today’s calls">{usedUpWords(props.calls, props.forecast, nowMs())}</Figure>
          </Show>
          <Show when={props.forecast.reserve > 0}>
            <Figure label="Kept today for urgent work">
              {formatPlural(props.forecast.reserve, 'call', 'calls')}
            </Figure>
          </Show>
        </dl>
      </Show>
    </Card>
  );
}

function Figure(props: { label: string; large?: boolean; children: JSX.Element }) {
  return (
    <div>
      <dt class="text-xs text-muted">{props.label}</dt>
      <dd class={props.large === true ? 'mt-0.5 text-xl font-semibold' : 'mt-0.5'}>{props.children}</dd>
    </div>
  );
}

function countOr(value: number | null): string {
  return value === null ? '–' : formatCount(value);
}

/** Such as 'Used up, until 14:03:00'. */
function usedUpWords(
  { leftToday }: Status['calls'],
  { callsReturnAt }: Status['forecast'],
  currentMs: number,
): string {
  const what = leftToday === null || leftToday === 0 ? 'Used up' : 'Used up but for those kept';
  return callsReturnAt === null ? what : `${what}, until ${formatUntil(callsReturnAt, currentMs)}`;
}
