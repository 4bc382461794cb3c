// The environment, parsed once: every variable of the README with its default; a bad value is one clear sentence.
import path from 'node:path';
import { inRoot } from './root.mjs';
import { Sentence } from './sentence.mjs';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** Answers the settings; an empty variable counts as absent. Throws a Sentence with one line for each bad value. */
export function parseEnvironment(env) {
  const wrong = [];
  const read = (name, parse, fallback) => {
    const text = env[name]?.trim();
    if (!text) return fallback;
    const parsed = parse(text);
    if (!(parsed instanceof Bad)) return parsed;
    wrong.push(`${name} is '${parsed.shown ?? text}': ${parsed.wanted}.`);
    return fallback;
  };
  const settings = {
    port: read('PORT', portNumber, 4000),
    sandboxPort: read('SANDBOX_PORT', portNumber, 4010),
    dataDir: read('DATA_DIR', (text) => path.resolve(inRoot(), text), inRoot('.stockbook')),
    databaseUrl: read('DATABASE_URL', databaseUrl),
    databaseAdminUrl: read('DATABASE_ADMIN_URL', databaseUrl),
    agendaUrl: read('AGENDA_URL', agendaUrl),
    logLevel: read('LOG_LEVEL', oneOf(LOG_LEVELS), 'warn'),
    open: read('OPEN', oneOf(['0', '1']), '1') === '1',
    clockScale: read('CLOCK_SCALE', positiveNumber),
    sandboxLimits: read('SANDBOX_LIMITS', limits, '60,5,5000'),
    sandboxLatencyMs: read('SANDBOX_LATENCY_MS', wholeNumber, 0),
    realXero: Boolean(env.XERO_CLIENT_ID && env.XERO_CLIENT_SECRET),
  };
  wrong.push(...contradictions(settings, env));
  if (wrong.length > 0) throw new Sentence(wrong.join('\n'));
  return settings;
}

class Bad {
  constructor(wanted, shown) {
    this.wanted = wanted;
    this.shown = shown;
  }
}

function contradictions(settings, env) {
  const wrong = [];
  if (settings.port === settings.sandboxPort)
    wrong.push(`PORT and SANDBOX_PORT are both ${settings.port}: choose two.`);
  if (Boolean(env.XERO_CLIENT_ID) !== Boolean(env.XERO_CLIENT_SECRET)) {
    const [there, missing] = env.XERO_CLIENT_ID
      ? ['XERO_CLIENT_ID', 'XERO_CLIENT_SECRET']
      : ['XERO_CLIENT_SECRET', 'XERO_CLIENT_ID'];
    wrong.push(`${there} is set without ${missing}: set both for the real Xero, neither for the sandbox.`);
  }
  if (settings.clockScale !== undefined && settings.realXero) {
    wrong.push(
      'CLOCK_SCALE is for the sandbox: the real Xero keeps the real time, so unset it or XERO_CLIENT_ID.',
    );
  }
  if (settings.databaseAdminUrl && !settings.databaseUrl) {
    wrong.push(
      'DATABASE_ADMIN_URL is set without DATABASE_URL: set both, or neither for the embedded PostgreSQL.',
    );
  }
  return wrong;
}

function portNumber(text) {
  const port = Number(text);
  return /^\d+$/.test(text) && port >= 1 && port <= 65_535
    ? port
    : new Bad('it must be a port from 1 to 65535');
}

function databaseUrl(text) {
  const wanted = 'it must be like postgresql://user:password@host:5432/database';
  const url = parseUrl(text);
  if (!url) return new Bad(wanted, text.replace(/:[^:@/]*@/, ':…@'));
  const fits =
    ['postgres:', 'postgresql:'].includes(url.protocol) && url.hostname !== '' && url.pathname.length > 1;
  return fits ? text : new Bad(wanted, withoutPassword(url));
}

function agendaUrl(text) {
  const url = parseUrl(text);
  const fits = url && ['postgres:', 'postgresql:', 'mongodb:', 'mongodb+srv:'].includes(url.protocol);
  return fits
    ? text
    : new Bad('it must begin with postgres:// or mongodb://', url ? withoutPassword(url) : undefined);
}

/** MongoDB names several hosts with commas, which URL refuses: the first stands for all. */
function parseUrl(text) {
  const single = text.startsWith('mongodb') ? text.replace(/,[^/]*/, '') : text;
  return URL.canParse(single) ? new URL(single) : undefined;
}

function withoutPassword(url) {
  const shown = new URL(url);
  if (shown.password) shown.password = '…';
  return decodeURIComponent(shown.href);
}

function positiveNumber(text) {
  const number = Number(text);
  return Number.isFinite(number) && number > 0 ? number : new Bad('it must be a number above 0');
}

function wholeNumber(text) {
  return /^\d{1,7}$/.test(text) ? Number(text) : new Bad('it must be a whole number of milliseconds');
}

function limits(text) {
  const fits = text === 'off' || /^[1-9]\d*,[1-9]\d*,[1-9]\d*$/.test(text);
  return fits ? text : new Bad("it must be calls a minute, at once and a day, like '60,5,5000', or 'off'");
}

function oneOf(values) {
  return (text) => (values.includes(text) ? text : new Bad(`it must be one of ${values.join(', ')}`));
}
