// `stockbook send`: records that wait go before all else.
import { defineCommand, ready, type Session, usage } from '../command.ts';
import { type Row, sendNowMutation } from '../documents/record.ts';
import { granted } from '../granted.ts';
import { Sentence } from '../sentence.ts';

export const send = defineCommand<string[]>({
  words: 'send',
  takes: 'ID...',
  summary: 'Lets records that wait go before all else; a run opens for them only while automatic sync is on.',
  options: {},
  read(given) {
    return given.words.length > 0 ? ready(given.words) : usage('Say which records, by their ids.');
  },
  async run(session, ids) {
    const records: Hurried[] = [];
    for (const id of ids) records.push(await hurry(session, id, records));
    const lines = records.map((record) => `${nameOf(record)}: ${record.when}`);
    const text = ids.length === 1 ? (records[0]?.when ?? '') : lines.join('\n');
    return { exitCode: 0, json: { records }, text };
  },
});

/** `when`: when it goes. */
type Hurried = Row & { when: string };

const nameOf = ({ number, title }: Row) => number ?? title;

/** Whoever is told why this one does not go is told which do. */
async function hurry({ api }: Session, id: string, before: readonly Hurried[]): Promise<Hurried> {
  try {
    const { record, words } = granted(await api.ask(sendNowMutation, { input: { id } }));
    return { ...record, when: words };
  } catch (error) {
    if (!(error instanceof Sentence) || before.length === 0) throw error;
    const done = `What stood before it goes first all the same: ${before.map(nameOf).join(', ')}.`;
    const details = { ...error.details, records: before };
    throw new Sentence(`${id}: ${error.message} ${done}`, error.exitCode, details);
  }
}
