// `stockbook queue`: the changes that wait for Xero, are on their way, or were refused.
import { defineCommand, noWords, ready, usage } from '../command.ts';
import { type Change, queueQuery } from '../documents/record.ts';
import { graphqlEntity, writtenEntity } from '../entity.ts';
import { limitOption, readLimit, readPages } from '../pages.ts';
import { listOutcome } from './list.ts';

export const queue = defineCommand<Input>({
  words: 'queue',
  takes: '[--entity E] [--state S] [--limit N]',
  summary: 'Lists the changes that have not reached Xero.',
  options: {
    entity: { value: 'E', about: 'of one entity, such as invoices' },
    state: { value: 'S', about: 'pending, held, conflict, sending, checking or failed' },
    ...limitOption,
  },
  read(given) {
    const state = given.text('state')?.toUpperCase();
    const limit = readLimit(given);
    if (limit === undefined) return usage('--limit takes a number above 0.');
    if (state !== undefined && !STATES.includes(state))
      return usage(`There is no state '${given.text('state')}'.`);
    return noWords(given) ?? ready({ entity: given.text('entity'), state, limit });
  },
  async run({ api }, { entity, state, limit }) {
    const named = entity === undefined ? {} : { entity: await graphqlEntity(api, entity) };
    const filter = { ...named, ...(state === undefined ? {} : { state }) };
    const { nodes, more } = await readPages(api, queueQuery, { filter }, limit);
    return listOutcome('changes', nodes, more, HEAD, row, 'Nothing waits.');
  },
});

interface Input {
  entity: string | undefined;
  state: string | undefined;
  limit: number;
}

const STATES = ['PENDING', 'HELD', 'CONFLICT', 'SENDING', 'CHECKING', 'FAILED'];
const HEAD = ['CHANGE', 'ENTITY', 'RECORD', 'STATE', 'REASON'];

function row({ number, entity, record, state, reason }: Change): string[] {
  return [number, writtenEntity(entity), record.number ?? record.title, state.toLowerCase(), reason ?? ''];
}
