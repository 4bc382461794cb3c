// The commands, in the order of the help.
import type { Command } from './command.ts';
import { choose } from './commands/choose.ts';
import { connect } from './commands/connect.ts';
import { history } from './commands/history.ts';
import { importCsv } from './commands/import-csv.ts';
import { open } from './commands/open.ts';
import { queue } from './commands/queue.ts';
import { records } from './commands/records.ts';
import { retry } from './commands/retry.ts';
import { auto, pause, resume, stop } from './commands/run-control.ts';
import { send } from './commands/send.ts';
import { status } from './commands/status.ts';
import { sync } from './commands/sync.ts';

export const commands: readonly Command[] = [
  connect,
  importCsv,
  sync,
  pause,
  resume,
  stop,
  auto,
  status,
  queue,
  history,
  records,
  retry,
  send,
  choose,
  open,
];
