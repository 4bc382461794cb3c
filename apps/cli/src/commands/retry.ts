// `stockbook retry`: refused records wait for the next run again.
import { defineCommand, type Outcome, ready, type Session, usage } from '../command.ts';
import { errorGroupsQuery, retryMutation } from '../documents/record.ts';
import { granted } from '../granted.ts';
import { count, countOf, table } from '../table.ts';

export const retry = defineCommand<Input>({
  words: 'retry',
  takes: '[--all | --group G | ID...]',
  summary: 'Lets refused records wait for the next run again; without a choice it lists what was refused.',
  options: {
    all: { about: 'every refused record' },
    group: { value: 'G', about: 'every record refused for one cause' },
  },
  read(given) {
    const group = given.text('group');
    const chosen = [given.flag('all'), group !== undefined, given.words.length > 0].filter(Boolean).length;
    if (chosen > 1) return usage('Choose one of --all, --group and record ids.');
    if (given.flag('all')) return ready({ all: true });
    if (group !== undefined) return ready({ group });
    return ready(given.words.length > 0 ? { records: given.words } : null);
  },
  async run(session, input) {
    if (input === null) return listGroups(session);
    const { count: retried } = granted(await session.api.ask(retryMutation, { input }));
    const text = `${countOf(retried, 'record')} may go again with the next run.`;
    return { exitCode: 0, json: { count: retried }, text };
  },
});

type Input = { all: true } | { group: string } | { records: string[] } | null;

async function listGroups({ api }: Session): Promise<Outcome> {
  const groups = await api.ask(errorGroupsQuery);
  const rows = groups.map(({ id, cause, fix, count: records }) => [id, count(records), cause, fix]);
  const text =
    rows.length === 0 ? 'Nothing was refused.' : table(['GROUP', 'RECORDS', 'CAUSE', 'WHAT TO DO'], rows);
  return { exitCode: 0, json: { groups }, text };
}
