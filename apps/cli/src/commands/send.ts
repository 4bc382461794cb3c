// `stockbook send`: records that wait go before all else.
import { defineCommand, ready, usage } from '../command.ts';
import { type Row, sendNowMutation } from '../documents/record.ts';
import { granted } from '../granted.ts';
import { countOf } from '../table.ts';

export const send = defineCommand<string[]>({
  words: 'send',
  takes: 'ID...',
  summary: 'Lets records that wait go before all else; a run opens for them only while automatic sync is on.',
  options: {},
  read(given) {
    return given.words.length > 0 ? ready(given.words) : usage('Say which records, by their ids.');
  },
  async run(session, ids) {
    const records: Row[] = [];
    let when = '';
    for (const id of ids) {
      const { record, words } = granted(await session.api.ask(sendNowMutation, { input: { id } }));
      records.push(record);
      when = words;
    }
    const text = ids.length === 1 ? when : `${countOf(ids.length, 'record')}. Of each: ${when}`;
    return { exitCode: 0, json: { records, when }, text };
  },
});
