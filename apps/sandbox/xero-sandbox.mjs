#!/usr/bin/env node
// The command `xero-sandbox`: runs the built sandbox in a process of its own, which has the options of node-options.json.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const options = JSON.parse(readFileSync(file('node-options.json'), 'utf8'));
const child = spawn(
  process.execPath,
  [...process.execArgv, ...options, file('dist/src/main.js'), ...process.argv.slice(2)],
  { stdio: 'inherit', env: { STARTER_PID: String(process.pid), ...process.env } },
);
// A terminal's Ctrl-C reaches both, and the sandbox ends but once.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.once('exit', (code) => process.exit(code ?? 1));
