// The environment, read once.
import {
  type EnvOutcome,
  postgresUrl,
  readEnvironment,
  type SharedEnv,
  sharedVariables,
} from '@stockbook/sync';
import { z } from 'zod';

export interface Env extends SharedEnv {
  /** May make Agenda's schema; the application's own role need not. */
  adminUrl: string;
  /** Where Agenda keeps its jobs: postgres:// or mongodb://. */
  agendaUrl: string;
}

const variables = sharedVariables.extend({
  DATABASE_ADMIN_URL: postgresUrl.optional(),
  AGENDA_URL: z
    .string()
    .regex(/^(postgres(ql)?|mongodb(\+srv)?):\/\//, 'it begins with postgres:// or mongodb://')
    .optional(),
});

export function parseEnv(env: Record<string, string | undefined>): EnvOutcome<Env> {
  return readEnvironment(variables, env, (values) => ({
    adminUrl: values.DATABASE_ADMIN_URL ?? values.DATABASE_URL,
    agendaUrl: values.AGENDA_URL ?? values.DATABASE_URL,
  }));
}
