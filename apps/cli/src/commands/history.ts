// `stockbook history`: what happened, newest first.
import { defineCommand, noWords, ready, usage } from '../command.ts';
import { type Event, historyQuery } from '../documents/record.ts';
import { graphqlEntity } from '../entity.ts';
import { limitOption, readLimit, readPages } from '../pages.ts';
import { time } from '../table.ts';
import { listOutcome } from './list.ts';

export const history = defineCommand<Input>({
  words: 'history',
  takes: '[--entity E] [--q TEXT] [--limit N]',
  summary: 'Lists what happened, newest first.',
  options: {
    entity: { value: 'E', about: 'of one entity, such as invoices' },
    q: { value: 'TEXT', about: 'lines that contain it' },
    ...limitOption,
  },
  read(given) {
    const limit = readLimit(given);
    if (limit === undefined) return usage('--limit takes a number above 0.');
    return noWords(given) ?? ready({ entity: given.text('entity'), q: given.text('q'), limit });
  },
  async run({ api }, { entity, q, limit }) {
    const named = entity === undefined ? {} : { entity: await graphqlEntity(api, entity) };
    const filter = { ...named, ...(q === undefined ? {} : { q }) };
    const { nodes, more } = await readPages(api, historyQuery, { filter }, limit);
    return listOutcome('events', nodes, more, ['AT', 'BY', 'WHAT'], row, 'Nothing has happened yet.');
  },
});

interface Input {
  entity: string | undefined;
  q: string | undefined;
  limit: number;
}

function row({ at, actor, text }: Event): string[] {
  return [time(at), actor, text];
}
