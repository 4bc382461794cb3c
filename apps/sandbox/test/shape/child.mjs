// Loaded into the programs that tests start: a sandbox among them writes down its answers, to be judged afterwards.
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';

const file = process.env.ANSWERS_OF_SANDBOX;
if (file !== undefined) {
  subscribe('xero-sandbox.answered', (message) => {
    appendFileSync(`${file}-${process.pid}.jsonl`, `${JSON.stringify(message)}\n`);
  });
}
