// People sign in by better-auth: password or one-time link; nobody can sign up, and only the routes we use are open.

import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { createId, type Db } from '@stockbook/db';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { magicLink, organization } from 'better-auth/plugins';
import type { Logger } from 'pino';

export type Auth = ReturnType<typeof createAuth>['auth'];

/** What of better-auth is reachable over HTTP, below /auth; all else answers 404. */
export const openRoutes: readonly string[] = [
  'POST /sign-in/email',
  'POST /sign-in/magic-link',
  'GET /magic-link/verify',
  'POST /sign-out',
  'GET /get-session',
  'POST /change-password',
  'GET /ok',
];

export const passwordLengthMin = 12;
const linkLifeS = 15 * 60;
const dayS = 24 * 60 * 60;

export interface AuthOptions {
  db: Db;
  origin: string;
  secret: string;
  log: Logger;
}

export function createAuth({ db, origin, secret, log }: AuthOptions) {
  const asked = new AsyncLocalStorage<{ link?: string }>();
  const auth = betterAuth({
    appName: 'Stockbook',
    baseURL: origin,
    basePath: '/auth',
    trustedOrigins: [origin],
    telemetry: { enabled: false },
    secrets: [{ version: 1, value: secret }],
    database: prismaAdapter(db.prisma, { provider: 'postgresql', transaction: true }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: passwordLengthMin },
    session: { expiresIn: 7 * dayS, updateAge: dayS, cookieCache: { enabled: false } },
    // Every page asks who is signed in: that is no attempt at anything.
    rateLimit: { enabled: true, storage: 'database', customRules: { '/get-session': false } },
    advanced: {
      cookiePrefix: 'stockbook',
      database: { generateId: () => createId() },
      ipAddress: { ipAddressHeaders: ['x-client-ip'] },
    },
    onAPIError: { errorURL: '/sign-in' },
    logger: { level: 'warn', log: (level, message) => log[level === 'error' ? 'error' : 'debug'](message) },
    plugins: [
      organization({ allowUserToCreateOrganization: false }),
      magicLink({
        expiresIn: linkLifeS,
        disableSignUp: true,
        storeToken: 'hashed',
        sendMagicLink: ({ email, token }) => sendLink(email, `${origin}/sign-in?token=${token}`),
      }),
    ],
  });

  /** There is no mail yet: the link stands in this log. An unproven address gets none, as its use would wipe the account. */
  async function sendLink(email: string, link: string): Promise<void> {
    const caller = asked.getStore();
    if (caller) {
      caller.link = link;
      return;
    }
    const person = await db.prisma.user.findUnique({ where: { email: email.toLowerCase() } });
    if (!person?.emailVerified) return;
    log.warn(
      { email, link },
      'A sign-in link was asked for. There is no mail yet: pass this link on; it works once, for 15 minutes.',
    );
  }

  /** A fresh one-time link to our sign-in page, for whoever reads the terminal. */
  async function createLink(email: string): Promise<string> {
    const caller: { link?: string } = {};
    await asked.run(caller, () => auth.api.signInMagicLink({ body: { email }, headers: new Headers() }));
    if (!caller.link) throw new Error(`No sign-in link was made for ${email}.`);
    return caller.link;
  }

  return { auth, createLink };
}

const attemptMax = 10;
const attemptWindowMs = 15 * 60 * 1000;

/** Counts wrong passwords of one account, whatever address they come from; true once there were too many. */
export async function throttled(db: Db, email: string): Promise<boolean> {
  const row = await db.prisma.rateLimit.findUnique({ where: { key: accountKey(email) } });
  return row !== null && row.count >= attemptMax && Date.now() - Number(row.lastRequest) < attemptWindowMs;
}

/** A right password forgets the wrong ones; a wrong one after a quiet window is the first again. */
export async function noteAttempt(db: Db, email: string, right: boolean): Promise<void> {
  const key = accountKey(email);
  if (right) {
    await db.prisma.rateLimit.deleteMany({ where: { key } });
    return;
  }
  const now = Date.now();
  await db.prisma.$executeRaw`
    INSERT INTO sign_in_rate (id, key, count, last_request) VALUES (${createId()}::uuid, ${key}, 1, ${now})
    ON CONFLICT (key) DO UPDATE SET last_request = excluded.last_request,
      count = CASE WHEN sign_in_rate.last_request < ${now - attemptWindowMs} THEN 1 ELSE sign_in_rate.count + 1 END`;
}

function accountKey(email: string): string {
  return `account:${createHash('sha256').update(email.trim().toLowerCase()).digest('hex')}`;
}
