// The environment, read once.
import { z } from 'zod';

export interface Env {
  databaseUrl: string;
  /** May make Agenda's schema; the application's own role need not. */
  adminUrl: string;
  /** Where Agenda keeps its jobs: postgres:// or mongodb://. */
  agendaUrl: string;
  /** Unseals Xero's tokens: 32 bytes. */
  tokenSecret: Buffer;
  /** Where Xero sends people back to. */
  origin: string;
  starterPid: number | undefined;
  logLevel: LogLevel;
  xero: { kind: 'real'; clientId: string; clientSecret: string } | { kind: 'sandbox'; url: string };
}

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
export type EnvOutcome = { kind: 'read'; env: Env } | { kind: 'refused'; problem: string };

const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'it is an address such as postgres://user:password@host:5432/stockbook',
});
const webUrl = z.url({ protocol: /^https?$/, error: 'it is a web address such as http://localhost:4010' });

const schema = z.object({
  PORT: z.coerce.number('it is a port number').int().min(0).max(65535).default(4000),
  ORIGIN: webUrl.optional(),
  DATABASE_URL: postgresUrl,
  DATABASE_ADMIN_URL: postgresUrl.optional(),
  AGENDA_URL: z
    .string()
    .regex(/^(postgres(ql)?|mongodb(\+srv)?):\/\//, 'it begins with postgres:// or mongodb://')
    .optional(),
  TOKEN_SECRET: z.string('the starter makes it').regex(/^[0-9a-f]{64}$/i, 'it is 64 hexadecimal digits'),
  STARTER_PID: z.coerce.number().int().positive().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  XERO_CLIENT_ID: z.string().optional(),
  XERO_CLIENT_SECRET: z.string().optional(),
  XERO_SANDBOX_URL: webUrl.optional(),
});

/** Empty variables count as absent. The problem names the first variable at fault, in one sentence. */
export function parseEnv(env: Record<string, string | undefined>): EnvOutcome {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { kind: 'refused', problem: `${issue?.path.join('.')} cannot be used: ${issue?.message}.` };
  }
  const values = parsed.data;
  const xero = parseXero(values);
  if (!xero) {
    const problem =
      'Set XERO_CLIENT_ID and XERO_CLIENT_SECRET for Xero, or XERO_SANDBOX_URL for the sandbox.';
    return { kind: 'refused', problem };
  }
  return {
    kind: 'read',
    env: {
      databaseUrl: values.DATABASE_URL,
      adminUrl: values.DATABASE_ADMIN_URL ?? values.DATABASE_URL,
      agendaUrl: values.AGENDA_URL ?? values.DATABASE_URL,
      tokenSecret: Buffer.from(values.TOKEN_SECRET, 'hex'),
      origin: new URL(values.ORIGIN ?? `http://localhost:${values.PORT}`).origin,
      starterPid: values.STARTER_PID,
      logLevel: values.LOG_LEVEL,
      xero,
    },
  };
}

function parseXero(values: z.infer<typeof schema>): Env['xero'] | undefined {
  const { XERO_CLIENT_ID: clientId, XERO_CLIENT_SECRET: clientSecret, XERO_SANDBOX_URL: url } = values;
  if (clientId && clientSecret) return { kind: 'real', clientId, clientSecret };
  return url ? { kind: 'sandbox', url: url.replace(/\/+$/, '') } : undefined;
}
