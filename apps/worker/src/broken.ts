// What the log says of work that broke off and is taken up again: a database that keeps nothing in words that help, all else with its error.
import { refusalOf, refusalWords } from '@stockbook/db';
import type { Logger } from 'pino';

export function logBroken(log: Logger, error: unknown, text: string): void {
  const refusal = refusalOf(error);
  if (refusal !== undefined) log.error(refusalWords(refusal));
  else log.error({ err: error }, text);
}
