// The sandbox's goals: calls a second, memory and a page of a large organisation, each beside a bare HTTP echo of the same bodies.
import { type Echo, startEcho } from './echo.ts';
import type { Endings } from './endings.ts';
import { contactsBody, invoicesBody, invoicesPerCall, itemsBody, purchaseBody } from './invoice-bodies.ts';
import { takeToken } from './organisation.ts';
import { cpuMsOf, residentMbOf } from './process-use.ts';
import { createRawCall, type RawCall } from './raw-call.ts';
import { onlyOrganisation, type Sandbox, startSandbox } from './sandbox.ts';

/** A window of calls; CPU time is undefined where the system does not tell it. */
export interface SpeedWindow {
  calls: number;
  seconds: number;
  cpuMs: number | undefined;
  clientCpuMs: number;
}

export interface SpeedFigures {
  plain: SpeedWindow[];
  keyed: SpeedWindow[];
  echo: SpeedWindow[];
  /** Resident megabytes at the end: the sandbox's and the echo's. */
  memory: [number, number];
  /** Milliseconds of each page, and of the echo of its bytes. */
  page: number[];
  pageEcho: number[];
}

const invoicesWanted = 250_000;
const callsPerWindow = 250;
const atOnce = 5;
const pages = 9;
const pageSize = 1_000;

interface Side extends Echo {
  call: RawCall;
}

export async function measureSpeed(endings: Endings, say: (line: string) => void): Promise<SpeedFigures> {
  const nowMs = Date.now();
  const clock = { realMs: nowMs, simulatedMs: nowMs, scale: 1 };
  const sandbox = await startSandbox(endings, { limits: 'off', latencyMs: 0, clock });
  const side = await openSide(sandbox);
  const echo = { ...(await startEcho(endings)), call: createRawCall({}) };
  const invoices = { ...side, url: `${side.url}/Invoices?summarizeErrors=false&unitdp=4` };
  const windows = invoicesWanted / invoicesPerCall / callsPerWindow;
  say(`${windows} windows of ${callsPerWindow} calls, in turn with the echo ...`);
  const figures: SpeedFigures = { plain: [], keyed: [], echo: [], memory: [0, 0], page: [], pageEcho: [] };
  for (let n = 0; n < windows; n += 1) {
    const bodies = Array.from({ length: callsPerWindow }, (_, index) =>
      invoicesBody(n * callsPerWindow + index),
    );
    // The last quarter of the calls has keys, whose replies are remembered and journalled.
    const isKeyed = n >= windows * 0.75;
    const done = await work(invoices, bodies, isKeyed ? `bench-${n}` : undefined);
    (isKeyed ? figures.keyed : figures.plain).push(done);
    figures.echo.push(await work(echo, bodies, undefined));
    const memory = `${residentMbOf(sandbox.pid).toFixed(0)} MB`;
    say(`Window ${n + 1}: ${(callsPerWindow / done.seconds).toFixed(0)} calls/s, ${memory}`);
  }
  await assertLanded(sandbox);
  for (let n = 0; n < pages; n += 1) {
    // A write before each page, so that no page can rest on the one before it.
    await work(invoices, [invoicesBody(windows * callsPerWindow + n)], undefined);
    const page = 1 + Math.floor((n * invoicesWanted) / pageSize / pages);
    const [ms, body] = await timed(
      side.call,
      'GET',
      `${side.url}/Invoices?page=${page}&pageSize=${pageSize}`,
    );
    figures.page.push(ms);
    const [echoMs] = await timed(echo.call, 'POST', echo.url, body);
    figures.pageEcho.push(echoMs);
  }
  figures.memory = [residentMbOf(sandbox.pid), residentMbOf(echo.pid)];
  return figures;
}

/** A sandbox with contacts, items and stock for the invoices. */
async function openSide({ oauth, client, pid }: Sandbox): Promise<Side> {
  const { tenantId } = onlyOrganisation(await client.summary());
  const call = createRawCall({
    Authorization: `Bearer ${await takeToken(oauth)}`,
    'xero-tenant-id': tenantId,
    Accept: 'application/json',
    'Content-Type': 'application/json',
  });
  const url = oauth.apiUrl;
  for (const [path, body] of [
    ['/Contacts', contactsBody()],
    ['/Items', itemsBody()],
    ['/Invoices', purchaseBody()],
  ] as const) {
    const answer = await call('PUT', `${url}${path}`, Buffer.from(JSON.stringify(body)));
    if (answer.status !== 200) throw new Error(`${path} was refused: ${answer.body}`);
  }
  return { url, pid, call };
}

/** Sends the bodies, five at once. */
async function work(side: Side, bodies: Buffer[], key: string | undefined): Promise<SpeedWindow> {
  const left = [...bodies.entries()];
  const cpuMs = cpuMsOf(side.pid);
  const own = process.cpuUsage();
  const start = performance.now();
  async function slot(): Promise<void> {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [index, body] = next;
      const headers = key === undefined ? {} : { 'Idempotency-Key': `${key}-${index}` };
      const { status } = await side.call('PUT', side.url, body, headers);
      if (status !== 200) throw new Error(`${side.url} answered ${status}.`);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, slot));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(own);
  const usedMs = cpuMs === undefined ? undefined : (cpuMsOf(side.pid) ?? cpuMs) - cpuMs;
  return { calls: bodies.length, seconds, cpuMs: usedMs, clientCpuMs: (user + system) / 1000 };
}

async function timed(call: RawCall, method: string, url: string, body?: Buffer): Promise<[number, Buffer]> {
  const start = performance.now();
  const answer = await call(method, url, body);
  if (answer.status !== 200) throw new Error(`${method} ${url} answered ${answer.status}.`);
  return [performance.now() - start, answer.body];
}

/** Throws unless every invoice is there once and approved. */
async function assertLanded({ client }: Sandbox): Promise<void> {
  const { Invoices } = onlyOrganisation(await client.summary());
  const sold = Invoices.by['ACCREC AUTHORISED']?.count;
  if (sold !== invoicesWanted || Invoices.duplicates !== 0)
    throw new Error(`The sandbox holds ${sold} approved invoices, ${Invoices.duplicates} twice.`);
}
