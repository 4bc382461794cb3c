// Reads a command line: which command it names, with what input, or what is wrong with it.
import { parseArgs } from 'node:util';
import type { Command, Given, Prepared } from './command.ts';
import { commandHelp, overview } from './help.ts';

export type CommandLine = { json: boolean } & (
  | { kind: 'command'; command: Command; prepared: Extract<Prepared, { kind: 'ready' }> }
  | { kind: 'help'; text: string }
  | { kind: 'usage'; message: string }
);

/** `argv` without node and the script. --json, --help and -h may also stand before the command. */
export function parseCommandLine(commands: readonly Command[], argv: readonly string[]): CommandLine {
  const json = beforeDashes(argv).includes('--json');
  const { globals, rest } = splitGlobals(argv);
  const asked = rest[0] === 'help' ? [...rest.slice(1), '--help'] : [...rest, ...globals];
  const command = commands.find(({ words }) => startsWith(asked, words.split(' ')));
  if (!command) return { json, ...withoutCommand(commands, asked) };
  const args = asked.slice(command.words.split(' ').length);
  if (beforeDashes(args).some((arg) => arg === '--help' || arg === '-h'))
    return { json, kind: 'help', text: commandHelp(command) };
  const given = parseGiven(command, args);
  const prepared = given.kind === 'usage' ? given : command.prepare(given.given);
  if (prepared.kind === 'ready') return { json, kind: 'command', command, prepared };
  const message = `${prepared.message} See: stockbook ${command.words} --help`;
  return { json, kind: 'usage', message };
}

const GLOBAL = ['--json', '--help', '-h'];

function splitGlobals(argv: readonly string[]): { globals: string[]; rest: string[] } {
  const at = argv.findIndex((arg) => !GLOBAL.includes(arg));
  return at < 0 ? { globals: [...argv], rest: [] } : { globals: argv.slice(0, at), rest: argv.slice(at) };
}

function beforeDashes(argv: readonly string[]): readonly string[] {
  const at = argv.indexOf('--');
  return at < 0 ? argv : argv.slice(0, at);
}

function startsWith(argv: readonly string[], words: readonly string[]): boolean {
  return words.every((word, index) => argv[index] === word);
}

function withoutCommand(commands: readonly Command[], asked: readonly string[]) {
  if (asked.includes('--help') || asked.includes('-h'))
    return { kind: 'help' as const, text: overview(commands) };
  const [first] = asked;
  if (first === undefined || first.startsWith('-'))
    return { kind: 'usage' as const, message: `A command is missing.\n\n${overview(commands)}` };
  const near = commands.find(({ words }) => words.startsWith(`${first} `));
  const message = near
    ? `Say what to ${first}: stockbook ${near.words} ${near.takes}`
    : `There is no command '${first}'. See: stockbook --help`;
  return { kind: 'usage' as const, message };
}

function parseGiven(
  command: Command,
  args: string[],
): { kind: 'given'; given: Given } | { kind: 'usage'; message: string } {
  const options = Object.entries(command.options).map(([name, { value, repeated }]) => {
    const type = value === undefined ? ('boolean' as const) : ('string' as const);
    return [name, { type, multiple: repeated ?? false }];
  });
  const known = { ...Object.fromEntries(options), json: { type: 'boolean' } };
  try {
    const { values, positionals } = parseArgs({ args, options: known, allowPositionals: true, strict: true });
    return { kind: 'given', given: createGiven(values, positionals) };
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
      return { kind: 'usage', message: sentenceOf(error.message) };
    throw error;
  }
}

/** Node's words, without its advice on dashes, ended by a stop. */
function sentenceOf(message: string): string {
  const first = message.split(/[.\n]/)[0] ?? message;
  return `${first.trim()}.`;
}

function createGiven(values: Record<string, unknown>, words: string[]): Given {
  return {
    text: (option) => {
      const value = values[option];
      return typeof value === 'string' ? value : undefined;
    },
    list: (option) => {
      const value = values[option];
      return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
    },
    flag: (option) => values[option] === true,
    words,
  };
}
