// The environment, read once.
import { isAbsolute } from 'node:path';
import { type EnvOutcome, readEnvironment, type SharedEnv, sharedVariables } from '@stockbook/sync';
import { z } from 'zod';

export interface Env extends SharedEnv {
  port: number;
  dataDir: string;
  authSecret: string;
}

const variables = sharedVariables.extend({
  DATA_DIR: z.string('name the folder for data').refine(isAbsolute, 'it is an absolute path'),
  AUTH_SECRET: z.string('the starter makes it').min(32, 'it has at least 32 characters'),
});

export function parseEnv(env: Record<string, string | undefined>): EnvOutcome<Env> {
  return readEnvironment(variables, env, (values) => ({
    port: values.PORT,
    dataDir: values.DATA_DIR,
    authSecret: values.AUTH_SECRET,
  }));
}
