// `stockbook records <entity>`: records with where they stand in the sync.
import { defineCommand, ready, usage } from '../command.ts';
import { type Row, recordsQuery } from '../documents/record.ts';
import { graphqlEntity } from '../entity.ts';
import { limitOption, readLimit, readPages } from '../pages.ts';
import { listOutcome } from './list.ts';

export const records = defineCommand<Input>({
  words: 'records',
  takes: '<entity> [--q TEXT] [--state S] [--limit N]',
  summary: 'Lists the records of an entity, such as invoices.',
  options: {
    q: { value: 'TEXT', about: 'records whose number or title has it' },
    state: {
      value: 'S',
      about: 'new, pending, held, conflict, sending, checking, completed, warning, failed or skipped',
    },
    ...limitOption,
  },
  read(given) {
    const [entity, extra] = given.words;
    const state = given.text('state')?.toUpperCase();
    const limit = readLimit(given);
    if (entity === undefined) return usage('Say which entity, such as stockbook records invoices.');
    if (extra !== undefined) return usage(`There is no place for '${extra}' here.`);
    if (limit === undefined) return usage('--limit takes a number above 0.');
    if (state !== undefined && !STATES.includes(state))
      return usage(`There is no state '${given.text('state')}'.`);
    return ready({ entity, q: given.text('q'), state, limit });
  },
  async run({ api }, { entity: written, q, state, limit }) {
    const entity = await graphqlEntity(api, written);
    const filter = {
      ...(q === undefined ? {} : { q }),
      ...(state === undefined ? {} : { syncState: state }),
    };
    const { nodes, more } = await readPages(api, recordsQuery, { entity, filter }, limit);
    return listOutcome('records', nodes, more, HEAD, row, 'There are none.');
  },
});

interface Input {
  entity: string;
  q: string | undefined;
  state: string | undefined;
  limit: number;
}

const STATES = [
  'NEW',
  'PENDING',
  'HELD',
  'CONFLICT',
  'SENDING',
  'CHECKING',
  'COMPLETED',
  'WARNING',
  'FAILED',
  'SKIPPED',
];
const HEAD = ['NUMBER', 'TITLE', 'DATE', 'TOTAL', 'SYNC', 'CODE', 'PROBLEM'];

function row(record: Row): string[] {
  const total = record.total === null ? '' : `${record.total} ${record.currency ?? ''}`.trim();
  const state = record.syncState.toLowerCase();
  return [
    record.number ?? '',
    record.title,
    record.date ?? '',
    total,
    state,
    record.accountingCode ?? '',
    record.problem ?? '',
  ];
}
