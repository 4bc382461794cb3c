// What API and worker both read from the environment, and how either refuses it.
import { z } from 'zod';

export interface SharedEnv {
  databaseUrl: string;
  /** Where browsers reach us and Xero sends people back to, without a slash at the end. */
  origin: string;
  /** Seals Xero's tokens: 32 bytes. */
  tokenSecret: Buffer;
  starterPid: number | undefined;
  logLevel: LogLevel;
  xero: { kind: 'real'; clientId: string; clientSecret: string } | { kind: 'sandbox'; url: string };
}

export type LogLevel = z.output<typeof sharedVariables>['LOG_LEVEL'];
export type EnvOutcome<E> = { kind: 'read'; env: E } | { kind: 'refused'; problem: string };

const webUrl = z.url({ protocol: /^https?$/, error: 'it is a web address such as http://localhost:4000' });

export const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'it is an address such as postgres://user:password@host:5432/stockbook',
});

export const sharedVariables = z.object({
  PORT: z.coerce.number('it is a port number').int().min(0).max(65535).default(4000),
  ORIGIN: webUrl.optional(),
  DATABASE_URL: postgresUrl,
  TOKEN_SECRET: z.string('the starter makes it').regex(/^[0-9a-f]{64}$/i, 'it is 64 hexadecimal digits'),
  STARTER_PID: z.coerce.number().int().positive().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  XERO_CLIENT_ID: z.string().optional(),
  XERO_CLIENT_SECRET: z.string().optional(),
  XERO_SANDBOX_URL: webUrl.optional(),
});

type SharedValues = z.output<typeof sharedVariables>;

/** Reads `variables`, which extend `sharedVariables`. Empty variables count as absent. The problem names the first one at fault, in one sentence. */
export function readEnvironment<V extends SharedValues, Own>(
  variables: z.ZodType<V>,
  env: Record<string, string | undefined>,
  own: (values: V) => Own,
): EnvOutcome<SharedEnv & Own> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { kind: 'refused', problem: `${issue?.path.join('.')} cannot be used: ${issue?.message}.` };
  }
  const values = parsed.data;
  const xero = xeroOf(values);
  if (!xero) {
    const problem =
      'Set XERO_CLIENT_ID and XERO_CLIENT_SECRET for Xero, or XERO_SANDBOX_URL for the sandbox.';
    return { kind: 'refused', problem };
  }
  const shared = {
    databaseUrl: values.DATABASE_URL,
    origin: new URL(values.ORIGIN ?? `http://localhost:${values.PORT}`).origin,
    tokenSecret: Buffer.from(values.TOKEN_SECRET, 'hex'),
    starterPid: values.STARTER_PID,
    logLevel: values.LOG_LEVEL,
    xero,
  };
  return { kind: 'read', env: { ...shared, ...own(values) } };
}

function xeroOf(values: SharedValues): SharedEnv['xero'] | undefined {
  const { XERO_CLIENT_ID: clientId, XERO_CLIENT_SECRET: clientSecret, XERO_SANDBOX_URL: url } = values;
  if (clientId && clientSecret) return { kind: 'real', clientId, clientSecret };
  return url ? { kind: 'sandbox', url: url.replace(/\/+$/, '') } : undefined;
}
