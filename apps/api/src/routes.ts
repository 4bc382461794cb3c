// The routes that are neither GraphQL nor sign-in: files of loads, and the way back from Xero.
import type { Db } from '@stockbook/db';
import type { XeroAccess } from '@stockbook/sync';
import { createLoadRoute } from './routes/load.ts';
import { createOauthRoute } from './routes/oauth.ts';
import type { Identify, ViewerOf } from './viewer.ts';

export interface RoutesOptions {
  db: Db;
  identify: Identify;
  viewerOf: ViewerOf;
  xero: XeroAccess;
}

export function createRoutes({ db, identify, viewerOf, xero }: RoutesOptions) {
  return { loads: createLoadRoute({ db, viewerOf }), xero: createOauthRoute({ db, identify, xero }) };
}
