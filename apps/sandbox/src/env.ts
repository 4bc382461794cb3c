// The process's environment, parsed once.
import { z } from 'zod';
import { parseOptions } from './options.ts';
import type { SandboxOptions } from './sandbox.ts';

export type Env =
  | { readonly kind: 'env'; readonly options: SandboxOptions; readonly starterPid: number | undefined }
  | { readonly kind: 'fault'; readonly message: string };

const whole = z.string().regex(/^\d+$/, 'must be a whole number').transform(Number);
const decimal = z
  .string()
  .regex(/^\d+(\.\d+)?$/, 'must be a number above 0')
  .transform(Number);

const schema = z.object({
  SANDBOX_PORT: whole.refine((port) => port <= 65_535, 'must be a port from 0 to 65535').default(4010),
  DATA_DIR: z.string().default('.stockbook'),
  SANDBOX_LIMITS: z
    .string()
    .regex(
      /^(off|\d+,\d+,\d+(,\d+)?)$/,
      "must be 'off' or three or four whole numbers such as 60,5,5000,10000",
    )
    .default('60,5,5000'),
  SANDBOX_LATENCY_MS: whole.default(0),
  SANDBOX_LATENCY_JITTER_MS: whole.default(0),
  SANDBOX_OPTIONS: z.string().default(''),
  SANDBOX_CLIENT_ID: z.string().default('sandbox-client'),
  SANDBOX_CLIENT_SECRET: z.string().default('sandbox-secret'),
  CLOCK_REAL_MS: whole.optional(),
  CLOCK_SIMULATED_MS: whole.optional(),
  CLOCK_SCALE: decimal.refine((scale) => scale > 0, 'must be a number above 0').default(1),
  STARTER_PID: whole.optional(),
});

/** A variable that is empty counts as not set. */
export function parseEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const set = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(set);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { kind: 'fault', message: `${issue?.path.join('.')} ${issue?.message}.` };
  }
  const env = parsed.data;
  const realMs = env.CLOCK_REAL_MS ?? Date.now();
  const clock = { realMs, simulatedMs: env.CLOCK_SIMULATED_MS ?? realMs, scale: env.CLOCK_SCALE };
  const options = parseOptions(env.SANDBOX_OPTIONS);
  if (options.kind === 'fault') return { kind: 'fault', message: `SANDBOX_OPTIONS: ${options.message}` };
  const [minute = 0, atOnce = 0, day = 0, app = 10_000] = env.SANDBOX_LIMITS.split(',').map(Number);
  return {
    kind: 'env',
    starterPid: env.STARTER_PID,
    options: {
      port: env.SANDBOX_PORT,
      dataDir: env.DATA_DIR,
      limits: env.SANDBOX_LIMITS === 'off' ? 'off' : { minute, atOnce, day, app },
      latencyMs: env.SANDBOX_LATENCY_MS,
      latencyJitterMs: env.SANDBOX_LATENCY_JITTER_MS,
      clock,
      options: options.options,
      client: { id: env.SANDBOX_CLIENT_ID, secret: env.SANDBOX_CLIENT_SECRET },
    },
  };
}
