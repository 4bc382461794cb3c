// What `xero-sandbox --help` says: the command, its variables and every named option.
import { optionRules } from './options.ts';

export function helpText(): string {
  const options = optionRules().map(([name, { values, standard, why }]) => {
    const shown = values.map((value) => (value === standard ? `${value} (default)` : value)).join(' | ');
    return `  ${name}: ${shown}\n${wrap(why, '      ')}`;
  });
  return `${usage}\n${options.join('\n')}\n`;
}

const usage = `xero-sandbox: a Xero that runs on your machine

  xero-sandbox          runs it until Ctrl-C
  xero-sandbox --help   says this

Variables
  SANDBOX_PORT           on 127.0.0.1; 0 takes a free port (4010)
  DATA_DIR               the journal stands in DATA_DIR/sandbox (.stockbook)
  SANDBOX_LIMITS         calls per minute, at once, per day and, perhaps, per minute of the app; or off (60,5,5000,10000)
  SANDBOX_LATENCY_MS     answer time of the Accounting API, simulated (0)
  SANDBOX_LATENCY_JITTER_MS  up to so many ms more or less, from a seed (0)
  SANDBOX_OPTIONS        named options: name=value,name=value
  SANDBOX_CLIENT_ID      the web app it knows (sandbox-client)
  SANDBOX_CLIENT_SECRET  and its secret (sandbox-secret)
  CLOCK_REAL_MS, CLOCK_SIMULATED_MS, CLOCK_SCALE
                         simulated now = simulated + (real now - real) * scale (now, now, 1)
  STARTER_PID            it ends itself when that process is gone

Options: what Xero does here nobody could confirm, so that both behaviours can be had; also by POST /__sandbox/options
`;

const widthMax = 100;

function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= widthMax) lines.push(indent + word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join('\n');
}
