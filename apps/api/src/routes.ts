// The routes that are neither GraphQL nor sign-in: files of loads, and the way back from Xero.
import type { Db } from '@stockbook/db';
import type { XeroSettings } from '@stockbook/sync/graphql';
import { Hono } from 'hono';
import type { ViewerOf } from './viewer.ts';

export interface RoutesOptions {
  db: Db;
  viewerOf: ViewerOf;
  xero: XeroSettings;
}

export function createRoutes(_options: RoutesOptions) {
  return { loads: new Hono(), xero: new Hono() };
}
