// What a command is: its words, its options, how its input is read, and what it does.
import type { Api } from './api.ts';
import type { Progress } from './progress.ts';

/** All a command may touch. */
export interface Session {
  api: Api;
  progress: Progress;
  /** File arguments are relative to it. */
  callerFolder: string;
}

export interface Outcome {
  /** 0 it did what was asked, 1 it could not, 2 wrong usage, 3 refused because a run is active. */
  exitCode: 0 | 1 | 2 | 3;
  /** The one document of --json. */
  json: unknown;
  /** The same for people. */
  text: string;
}

export interface Option {
  /** The name of its value in the help, such as NAME; an option without one is a switch. */
  value?: string;
  repeated?: boolean;
  about: string;
}

/** What stood on the command line after the command's words. */
export interface Given {
  text(option: string): string | undefined;
  list(option: string): string[];
  flag(option: string): boolean;
  words: string[];
}

export type Read<Input> = { kind: 'ready'; input: Input } | { kind: 'usage'; message: string };
export type Prepared =
  | { kind: 'ready'; input: unknown; run: (session: Session) => Promise<Outcome> }
  | { kind: 'usage'; message: string };

export interface Command {
  words: string;
  /** What follows the words, in the help. */
  takes: string;
  summary: string;
  options: Record<string, Option>;
  prepare(given: Given): Prepared;
}

interface Definition<Input> extends Omit<Command, 'prepare'> {
  read(given: Given): Read<Input>;
  run(session: Session, input: Input): Promise<Outcome>;
}

/** Ties reading and running together, so that a list of commands need not know their inputs. */
export function defineCommand<Input>({ read, run, ...face }: Definition<Input>): Command {
  return {
    ...face,
    prepare(given) {
      const answer = read(given);
      if (answer.kind === 'usage') return answer;
      return { kind: 'ready', input: answer.input, run: (session) => run(session, answer.input) };
    },
  };
}

export function ready<Input>(input: Input): { kind: 'ready'; input: Input } {
  return { kind: 'ready', input };
}

export function usage(message: string): { kind: 'usage'; message: string } {
  return { kind: 'usage', message };
}

/** For commands that take options only. */
export function noWords(given: Given): { kind: 'usage'; message: string } | undefined {
  const [first] = given.words;
  return first === undefined ? undefined : usage(`There is no place for '${first}' here.`);
}
