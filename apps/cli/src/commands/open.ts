// `stockbook open`: the dashboard in the browser.
import { spawn } from 'node:child_process';
import { defineCommand, noWords, ready } from '../command.ts';

export const open = defineCommand<null>({
  words: 'open',
  takes: '',
  summary: 'Opens the dashboard in the browser.',
  options: {},
  read: (given) => noWords(given) ?? ready(null),
  async run({ api }) {
    const opened = await openInBrowser(api.url);
    const text = opened ? `Opened ${api.url}` : `No browser could be opened: go to ${api.url} yourself.`;
    return { exitCode: opened ? 0 : 1, json: { url: api.url, opened }, text };
  },
});

const OPENERS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** An opener that is still there by then has become the browser itself. */
const OPENER_LIMIT_MS = 2_000;

/** True when the system's opener took the address. */
function openInBrowser(url: string): Promise<boolean> {
  const [program = 'xdg-open', ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
    setTimeout(() => resolve(true), OPENER_LIMIT_MS);
  });
}
