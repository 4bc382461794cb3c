// A person's hand in Xero: it writes a word into what is held there, and reads what is held.
import { createId, type Db } from '@stockbook/db';
import { hashOf, type XeroApi } from '@stockbook/xero';
import { connectionApi } from '../../src/connection.ts';
import { freezeClaimed } from '../../src/freeze.ts';
import { access } from '../world.ts';
import type { Entry } from './books.ts';
import type { Joined, Stage } from './stage.ts';

export interface Hand {
  /** What Xero holds of the record, as text; undefined where it holds nothing. */
  read(entry: Entry): Promise<string | undefined>;
  /** Puts a word of its own behind its name or reference, in the place of an earlier one, and leaves the rest as it is; answers the word, which was never written before. */
  write(entry: Entry): Promise<string>;
}

/** `through` makes its requests; between one's reading and its writing nobody else's goes. */
export function createHand(
  stage: Stage,
  { organisation }: Joined,
  db: Db,
  through: <T>(request: () => Promise<T>) => Promise<T>,
): Hand {
  const oauth: Stage['oauth'] = {
    ...stage.oauth,
    refresh: (token) => through(() => stage.oauth.refresh(token)),
  };
  async function open({ kind: { entity }, id }: Entry) {
    const ready = await connectionApi(db, organisation, oauth, access.secret, { wire: through });
    if (ready.kind === 'failed') throw new Error(`The hand does not reach Xero: ${ready.failure.message}`);
    const claimed = [{ number: '0', recordId: id }];
    const { wires } = await freezeClaimed(db.sql, organisation, entity, 'update', claimed);
    return { api: ready.api, wires };
  }
  async function held(entry: Entry, { api, wires }: Awaited<ReturnType<typeof open>>) {
    const { remote } = entry.kind.entity;
    const found = await remote?.current(api, wires);
    if (found?.kind !== 'answered') throw new Error(`The hand reads nothing: ${JSON.stringify(found)}`);
    return found.elements[0]?.text;
  }
  let written = 0;
  return {
    read: async (entry) => held(entry, await open(entry)),
    write: async (entry) => {
      written += 1;
      const word = `there-${String(written).padStart(3, '0')}`;
      const opened = await open(entry);
      // A token that has run out is another one by then.
      await held(entry, opened);
      const text = await held(entry, opened);
      if (text === undefined) throw new Error('There is nothing to write into');
      const body = withWord(entry.kind.entity.remote?.freeze(opened.wires).body ?? '', text, word);
      await send(entry, opened.api, body);
      return word;
    },
  };
}

async function send({ kind: { entity } }: Entry, api: XeroApi, body: string): Promise<void> {
  const call = { action: 'update', body, hash: hashOf(body), key: createId() } as const;
  const answer = await entity.remote?.send(api, call);
  const verdicts = answer?.kind === 'answered' ? answer.elements.map(({ verdict }) => verdict) : [];
  if (verdicts.join() !== 'ok') throw new Error(`Xero does not take the word: ${JSON.stringify(answer)}`);
}

/** What names a record of each kind, and what carries its version. */
const kept =
  /^(ContactID|ContactNumber|ItemID|Code|Description|InvoiceID|CreditNoteID|(Invoice|CreditNote)Number)$/;

/** An item's name has fifty characters at most (XERO.md), so its words do not pile up. */
const earlier = / there-\d+$/;

/** In the envelope of our own payload. */
function withWord(payload: string, text: string, word: string): string {
  const [envelope = ''] = Object.keys(JSON.parse(payload));
  const held: Record<string, unknown> = JSON.parse(text);
  const named = Object.fromEntries(Object.entries(held).filter(([key]) => kept.test(key)));
  const written = 'Name' in held ? 'Name' : 'Reference';
  return JSON.stringify({
    [envelope]: [{ ...named, [written]: `${String(held[written]).replace(earlier, '')} ${word}` }],
  });
}
