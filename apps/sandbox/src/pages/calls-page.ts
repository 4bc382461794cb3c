// The live log of calls with what is left of the limits.
import { escapeHtml } from '../page.ts';
import type { World } from '../world.ts';
import { facts, html, instant, link, table } from './html.ts';

const shownMax = 200;

/** Newest first; the page fetches itself every two seconds while it is looked at. */
export function callsBody(world: World): string {
  const names = new Map([...world.organisations.values()].map(({ record }) => [record.id, record.name]));
  const rows = world.log
    .list()
    .slice(-shownMax)
    .reverse()
    .map((one) => [
      html(`<time>${link(`/calls/${one.id}`, instant(one.atMs)).html}</time>`),
      one.method,
      one.path.length > 80 ? `${one.path.slice(0, 80)}…` : one.path,
      one.status === 0 ? 'no answer' : one.status,
      one.fault,
      one.ms,
      names.get(one.tenant) ?? '',
    ]);
  const columns = [
    ...([['At'], ['Method'], ['Path'], ['Status', 'count'], ['Fault']] as const),
    ...([['Took, ms', 'count'], ['Organisation']] as const),
  ];
  return `<div id="live">${limits(world)}<h2>Calls</h2>${table(columns, rows, 'There has been no call yet.')}</div>${script}`;
}

/** Undefined when the log does not hold it any more. */
export function callBody(world: World, id: number): string | undefined {
  const one = world.log.list(id - 1).find((record) => record.id === id);
  if (one === undefined) return undefined;
  const pairs = [
    ['At', instant(one.atMs)],
    ['Status', one.status === 0 ? 'no answer' : one.status],
    ['Took', `${one.ms} ms of simulated time`],
    ['Idempotency key', one.key],
    ['Fault', one.fault],
    ['Organisation', one.tenant === '' ? '' : html(`<code>${escapeHtml(one.tenant)}</code>`)],
  ] as const;
  const { request, reply } = world.log.texts(id);
  return `<h1>${escapeHtml(`${one.method} ${one.path}`)}</h1><div class="card">${facts(pairs)}${text('Request', request, one.requestBytes)}${text('Reply', reply, one.replyBytes)}</div>`;
}

function text(title: string, body: string | undefined, bytes: number): string {
  const size = `${bytes.toLocaleString('en-GB')} bytes`;
  const shown =
    body === undefined ? '<p class="quiet">It is not kept.</p>' : `<pre>${escapeHtml(body)}</pre>`;
  return `<h2>${title}, ${size}</h2>${shown}`;
}

/** What is left, by client and organisation, of the windows that calls have been counted in. */
function limits(world: World): string {
  const nowMs = world.clock.now();
  const rows = world.gate.windows().map(({ client, tenant }) => {
    const left = world.gate.remaining(client, tenant, nowMs);
    const name = world.organisations.get(tenant)?.record.name ?? tenant;
    return [client, name, left.minute, left.day, left.app];
  });
  const columns = [
    ...([['App'], ['Organisation'], ['Left this minute', 'count']] as const),
    ...([
      ['Left today', 'count'],
      ['Left of the app this minute', 'count'],
    ] as const),
  ];
  const state = world.gate.read() === undefined ? '<p class="quiet">Nothing is limited.</p>' : '';
  return `<h2>Limits</h2>${state}${table(columns, rows, 'No call has been counted yet.')}`;
}

const script = `<script>
setInterval(async () => {
  const live = document.querySelector('#live');
  if (document.hidden || live.contains(document.activeElement)) return;
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
  live.replaceWith(page.querySelector('#live'));
}, 2000);
</script>`;
