// The words of --help.
import type { Command, Option } from './command.ts';

export function overview(commands: readonly Command[]): string {
  const lines = commands.map(({ words, summary }) => ({ left: words, right: summary }));
  return [
    'Usage: stockbook <command> [options]',
    '',
    ...columns(lines),
    '',
    'stockbook <command> --help shows its options; every command takes --json (one JSON document on stdout, nothing else).',
    'Exit codes: 0 it did what was asked, 1 it could not, 2 wrong usage, 3 refused because a run is active.',
    'Environment: STOCKBOOK_URL (http://localhost:PORT), STOCKBOOK_API_KEY (else the file DATA_DIR/api-key).',
  ].join('\n');
}

export function commandHelp({ words, takes, summary, options }: Command): string {
  const lines = Object.entries(options).map(([name, option]) => ({
    left: optionText(name, option),
    right: option.about,
  }));
  return [
    `Usage: stockbook ${`${words} ${takes}`.trim()}`,
    '',
    summary,
    '',
    ...columns([...lines, { left: '--json', right: 'one JSON document on stdout, nothing else' }]),
  ].join('\n');
}

function optionText(name: string, { value, repeated }: Option): string {
  return `--${name}${value === undefined ? '' : ` ${value}`}${repeated ? ' ...' : ''}`;
}

function columns(lines: { left: string; right: string }[]): string[] {
  const width = Math.max(...lines.map(({ left }) => left.length));
  return lines.map(({ left, right }) => `  ${left.padEnd(width)}  ${right}`);
}
