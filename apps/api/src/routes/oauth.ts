// The way back from Xero's page for consent: the state is checked, and the person goes on with Connect.
import type { Db } from '@stockbook/db';
import { exchange, type XeroAccess } from '@stockbook/sync';
import { consentActor } from '@stockbook/sync/graphql';
import { Hono } from 'hono';
import type { Identify } from '../viewer.ts';

export interface OauthRouteOptions {
  db: Db;
  identify: Identify;
  xero: XeroAccess;
}

export function createOauthRoute({ db, identify, xero }: OauthRouteOptions) {
  const route = new Hono();
  route.get('/xero/callback', async (c) => {
    const identity = await identify(c.req.raw.headers);
    if (!identity) return c.redirect('/sign-in?next=/connect');
    const { code, state, error, error_description } = c.req.query();
    if (!code || !state)
      return c.redirect(
        connectPage(error === 'access_denied' ? 'Consent was not given.' : error_description),
      );
    const outcome = await exchange(db, { code, state, actor: consentActor(identity) }, xero);
    switch (outcome.kind) {
      case 'choosing':
        return c.redirect('/connect?step=choose');
      case 'refused':
        return c.redirect(connectPage(outcome.message));
      case 'failed':
        return c.redirect(connectPage(outcome.failure.message));
    }
  });
  return route;
}

const wordsMax = 300;

function connectPage(problem = 'Xero sent nothing back.'): string {
  return `/connect?error=${encodeURIComponent(problem.slice(0, wordsMax))}`;
}
