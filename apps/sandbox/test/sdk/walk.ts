// A walk over the methods of xero-node: notes which were called, tries each without permission, and misses no field.
import { AccountingApi } from 'xero-node';
import { z } from 'zod';
import type { Xero } from '../xero.ts';
import { lostFields } from './lost-fields.ts';

export type Walk = {
  readonly api: AccountingApi;
  readonly tenant: string;
  /** Ids of what was made, by a word of the walk. */
  readonly ids: Map<string, string>;
  readonly walked: ReadonlySet<string>;
  /** What an answer had and its model does not, `Method: path`. */
  readonly lost: ReadonlySet<string>;
  /** Methods that did something, or anything but 403, for an organisation that is not connected. */
  readonly open: readonly string[];
};

const foreignTenant = '00000000-0000-4000-8000-00000000dead';

export function startWalk(xero: Xero): Walk {
  const real = new AccountingApi(`${xero.url}/api.xro/2.0`);
  real.accessToken = xero.token;
  const walked = new Set<string>();
  const lost = new Set<string>();
  const open: string[] = [];
  const step =
    (name: string, method: CallableFunction) =>
    async (...[tenant, ...args]: unknown[]): Promise<unknown> => {
      await xero.control.advance(1_000);
      const done: unknown = await Reflect.apply(method, real, [tenant, ...args]);
      const { response, body } = answer.parse(done);
      for (const field of lostFields(response.data, body)) lost.add(`${name}: ${field}`);
      if (walked.has(name)) return done;
      walked.add(name);
      await xero.control.advance(1_000);
      const foreign = await refusalOf(Reflect.apply(method, real, [foreignTenant, ...args]));
      if (foreign.status !== 403) open.push(name);
      return done;
    };
  const api = new Proxy(real, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? step(String(name), member) : member;
    },
  });
  return { api, tenant: xero.tenant, ids: new Map(), walked, lost, open };
}

const answer = z.object({ response: z.looseObject({ data: z.unknown() }), body: z.unknown() });

/** Calls a method by its name, for those that many resources have alike; the tenant goes first. */
export async function callNamed(walk: Walk, name: string, ...args: readonly unknown[]): Promise<unknown> {
  const method: unknown = Reflect.get(walk.api, name);
  if (typeof method !== 'function') throw new Error(`xero-node has no method ${name}.`);
  return answer.parse(await Reflect.apply(method, walk.api, [walk.tenant, ...args])).body;
}

export function idOf(walk: Walk, word: string): string {
  const id = walk.ids.get(word);
  if (id === undefined) throw new Error(`The walk has not made ${word} yet.`);
  return id;
}

/** Remembers the id of what was made and gives it back. */
export function keep(walk: Walk, word: string, id: string | undefined): string {
  if (id === undefined || id === '') throw new Error(`${word} came without an id.`);
  walk.ids.set(word, id);
  return id;
}

export type Refusal = { readonly status: number; readonly messages: readonly string[] };

/** What xero-node rejects with: a JSON text (XERO.md 11.3). Status 200 where it did not reject. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const said = await call.then(
    () => undefined,
    (error: unknown) => String(error),
  );
  if (said === undefined) return { status: 200, messages: [] };
  const { response } = refusal.parse(JSON.parse(said));
  const body = refusedBody.safeParse(response.body);
  const messages = (body.data?.Elements ?? []).flatMap((one) => one.ValidationErrors ?? []);
  const text = typeof response.body === 'string' ? [response.body] : [];
  return { status: response.statusCode, messages: [...messages.map(({ Message }) => Message), ...text] };
}

const refusal = z.object({ response: z.object({ statusCode: z.number(), body: z.unknown() }) });
const refusedBody = z.object({
  Elements: z
    .array(z.object({ ValidationErrors: z.array(z.object({ Message: z.string() })).optional() }))
    .optional(),
});
