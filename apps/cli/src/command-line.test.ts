// What a command line means, as a table.
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from './command-line.ts';
import { commands } from './commands.ts';

const connectInput = { sandbox: false, tenant: undefined, accounts: [], taxes: [] };
const listInput = { entity: undefined, state: undefined, limit: 50 };

describe('a command line', () => {
  it.each([
    ['status', 'status', null],
    ['connect', 'connect', connectInput],
    ['connect --sandbox', 'connect', { ...connectInput, sandbox: true }],
    ['connect --sandbox --tenant Trial', 'connect', { ...connectInput, sandbox: true, tenant: 'Trial' }],
    [
      'connect --account goods=200 --account carriage=205 --tax zero-rated-export=ZERORATEDOUTPUT',
      'connect',
      {
        ...connectInput,
        accounts: [
          { name: 'goods', choice: '200' },
          { name: 'carriage', choice: '205' },
        ],
        taxes: [{ name: 'zero-rated-export', choice: 'ZERORATEDOUTPUT' }],
      },
    ],
    [
      'import csv --template online-retail a.csv b.csv',
      'import csv',
      { template: 'online-retail', files: ['a.csv', 'b.csv'], strict: false },
    ],
    [
      'import csv --strict --template x -- -a.csv',
      'import csv',
      { template: 'x', files: ['-a.csv'], strict: true },
    ],
    ['sync', 'sync', { wait: false, strict: false }],
    ['sync --wait --strict', 'sync', { wait: true, strict: true }],
    ['queue', 'queue', listInput],
    [
      'queue --entity credit-notes --state held',
      'queue',
      { entity: 'credit-notes', state: 'HELD', limit: 50 },
    ],
    ['history --entity items --limit 5', 'history', { entity: 'items', q: undefined, limit: 5 }],
    ['records invoices --q 5363', 'records', { entity: 'invoices', q: '5363', state: undefined, limit: 50 }],
    ['pause', 'pause', 'pause'],
    ['resume', 'resume', 'resume'],
    ['stop', 'stop', 'stop'],
    ['auto on', 'auto', true],
    ['auto off', 'auto', false],
    ['retry', 'retry', null],
    ['retry --all', 'retry', { all: true }],
    ['retry --group g', 'retry', { group: 'g' }],
    ['retry a b', 'retry', { records: ['a', 'b'] }],
    ['send a b', 'send', ['a', 'b']],
    ['open', 'open', null],
  ])('"%s" is understood', (text, words, input) => {
    const line = parseCommandLine(commands, text.split(' '));
    expect(line).toMatchObject({ kind: 'command', json: false });
    if (line.kind !== 'command') return;
    expect(line.command.words).toBe(words);
    expect(line.prepared.input).toEqual(input);
  });

  it.each([
    ['', 'A command is missing.'],
    ['nonsense', "There is no command 'nonsense'."],
    ['import', 'Say what to import: stockbook import csv'],
    ['import csv a.csv', 'Say what the columns mean'],
    ['import csv --template online-retail', 'Name at least one file.'],
    ['status now', "There is no place for 'now' here."],
    ['status --loud', "Unknown option '--loud'."],
    ['sync --wait=yes', "Option '--wait' does not take an argument."],
    ['connect --account goods', "--account takes NAME=CHOICE, not 'goods'."],
    ['connect --account goods=', "--account takes NAME=CHOICE, not 'goods='."],
    ['connect --tenant Trial', '--tenant goes with --sandbox.'],
    ['queue --state late', "There is no state 'late'."],
    ['queue --limit 0', '--limit takes a number above 0.'],
    ['records', 'Say which entity'],
    ['send', 'Say which records, by their ids.'],
    ['pause it', "There is no place for 'it' here."],
    ['auto', 'Say `stockbook auto on` or `stockbook auto off`.'],
    ['auto maybe', 'Say `stockbook auto on` or `stockbook auto off`.'],
    ['retry --all --group g', 'Choose one of --all, --group and record ids.'],
  ])('"%s" is wrong usage', (text, message) => {
    const line = parseCommandLine(commands, text === '' ? [] : text.split(' '));
    expect(line).toMatchObject({ kind: 'usage', message: expect.stringContaining(message) });
  });

  it.each(['--json status', 'status --json', '--json nonsense', 'status --json --loud'])(
    '"%s" asks for JSON',
    (text) => {
      expect(parseCommandLine(commands, text.split(' ')).json).toBe(true);
    },
  );

  it('does not read options behind two dashes', () => {
    expect(parseCommandLine(commands, ['retry', '--', '--json']).json).toBe(false);
  });

  it.each([
    '--help',
    '-h',
    'help',
    ...commands.flatMap(({ words }) => [`${words} --help`, `help ${words}`, `--help ${words}`]),
  ])('"%s" is answered with help', (text) => {
    expect(parseCommandLine(commands, text.split(' '))).toMatchObject({ kind: 'help' });
  });
});
