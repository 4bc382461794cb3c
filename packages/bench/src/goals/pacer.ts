// The loops at the limits, as a process: xero-node's AccountingApi paced without an engine, a database or a second thought.
import { readFileSync } from 'node:fs';
import { AccountingApi } from 'xero-node';
import { answerMessages } from '../answering.ts';
import { modelsOf, post } from '../bare-post.ts';
import type { Batch } from '../batches.ts';
import { type SimClock, simulatedNow, untilSimulated } from './sim-clock.ts';

/** `perfect` uses every call that the minute allows as soon as it allows it; `sleepy` waits two seconds after each. */
export type Style = 'perfect' | 'sleepy';

export interface Pace {
  apiUrl: string;
  tenantId: string;
  token: string;
  /** A file with batches as JSON. */
  file: string;
  clock: SimClock;
  style: Style;
  windows: 'fixed' | 'rolling';
  /** Nothing goes before; where windows are fixed, one begins here. */
  startMs: number;
  /** No call is begun from here on. */
  untilMs: number;
  atOnce: number;
  /** Makes the idempotency keys of this pace its own. */
  name: string;
}

export interface Paced {
  documents: number;
  throttled: number;
  /** When each call went that was not answered 429, simulated, and how many documents it brought. */
  calls: { atMs: number; documents: number }[];
  endMs: number;
}

const minuteMs = 60_000;
const callsMax = 60;
/** So much later than a fixed window begins, because clocks are read apart. */
const marginMs = 300;
const sleepMs = 2_000;
const againMs = 1_000;

answerMessages(work);

async function work(pace: Pace): Promise<Paced> {
  const api = new AccountingApi(pace.apiUrl);
  api.accessToken = pace.token;
  const batches: Batch[] = JSON.parse(readFileSync(pace.file, 'utf8'));
  const left = batches.map(({ entity, body }, index) => ({
    entity,
    models: modelsOf(body, new Map()),
    key: `${pace.name}-${index}`,
  }));
  const paced: Paced = { documents: 0, throttled: 0, calls: [], endMs: pace.startMs };
  /** Of each call when it is to go, and from its answer on when that came. */
  const planned: number[] = [];
  await untilSimulated(pace.clock, pace.startMs);
  async function slot(): Promise<void> {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const atMs = planNext(pace, planned);
      const turn = planned.push(atMs) - 1;
      if (atMs >= pace.untilMs) return;
      await untilSimulated(pace.clock, atMs);
      const sentAtMs = simulatedNow(pace.clock);
      const documents = await post(api, pace.tenantId, next).catch(refused);
      planned[turn] = simulatedNow(pace.clock);
      if (documents === 'refused') {
        paced.throttled += 1;
        left.unshift(next);
        await untilSimulated(pace.clock, simulatedNow(pace.clock) + againMs);
        continue;
      }
      paced.calls.push({ atMs: sentAtMs, documents });
      paced.documents += documents;
      paced.endMs = Math.max(paced.endMs, simulatedNow(pace.clock));
    }
  }
  await Promise.all(Array.from({ length: pace.atOnce }, slot));
  return paced;
}

/** The first instant at which one call more is allowed; where windows roll, counted from answers, which come after the sandbox counted. */
function planNext({ style, windows, startMs, clock }: Pace, planned: readonly number[]): number {
  const nowMs = simulatedNow(clock);
  if (style === 'sleepy') return planned.length === 0 ? nowMs : nowMs + sleepMs;
  if (windows === 'fixed')
    return Math.max(nowMs, startMs + Math.floor(planned.length / callsMax) * minuteMs + marginMs);
  const sixtiethMs = planned.toSorted((a, b) => a - b).at(-callsMax);
  return sixtiethMs === undefined ? nowMs : Math.max(nowMs, sixtiethMs + minuteMs);
}

/** A call over the limit goes again; anything else is a fault of the bench. */
function refused(rejection: unknown): 'refused' {
  if (!/"statusCode":429/.test(String(rejection))) throw rejection;
  return 'refused';
}
