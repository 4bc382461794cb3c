// `stockbook choose`: records that were changed in Xero, and what a person says holds of them.
import { defineCommand, type Outcome, ready, type Session, usage } from '../command.ts';
import { chooseSideMutation, queueQuery, type Row } from '../documents/record.ts';
import { writtenEntity } from '../entity.ts';
import { granted } from '../granted.ts';
import { readPages } from '../pages.ts';
import { countOf, table } from '../table.ts';

export const choose = defineCommand<Input>({
  words: 'choose',
  takes: '[--ours | --theirs ID...]',
  summary: 'Settles records that were changed in Xero; without a choice it lists them.',
  options: {
    ours: { about: 'what stands here goes over what Xero holds, with the next run' },
    theirs: { about: 'what Xero holds stays, and ours is not sent' },
  },
  read(given) {
    const [ours, theirs] = [given.flag('ours'), given.flag('theirs')];
    if (ours && theirs) return usage('Choose one of --ours and --theirs.');
    if ((ours || theirs) !== given.words.length > 0)
      return usage('Say what holds, --ours or --theirs, and of which records, by their ids.');
    return ready(ours || theirs ? { keep: ours ? 'OURS' : 'THEIRS', ids: given.words } : null);
  },
  async run(session, input) {
    if (input === null) return listConflicts(session);
    const records: Row[] = [];
    for (const id of input.ids)
      records.push(granted(await session.api.ask(chooseSideMutation, { input: { id, keep: input.keep } })));
    const done = input.keep === 'OURS' ? 'may go with the next run' : 'stay as Xero holds them';
    return { exitCode: 0, json: { records }, text: `${countOf(records.length, 'record')} ${done}.` };
  },
});

type Input = { keep: 'OURS' | 'THEIRS'; ids: string[] } | null;

const listMax = 200;

async function listConflicts({ api }: Session): Promise<Outcome> {
  const { nodes } = await readPages(api, queueQuery, { filter: { state: 'CONFLICT' } }, listMax);
  const rows = nodes.map(({ record, entity, reason }) => [
    record.id,
    writtenEntity(entity),
    record.number ?? record.title,
    reason ?? '',
  ]);
  const text =
    rows.length === 0
      ? 'Nothing was changed in Xero.'
      : table(['ID', 'ENTITY', 'RECORD', 'WHAT WAS CHANGED'], rows);
  return { exitCode: 0, json: { conflicts: nodes }, text };
}
