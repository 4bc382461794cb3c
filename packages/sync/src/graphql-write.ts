// What every entity's mutations share: the ids they are given, one writer of a record at a time, and taken numbers.
import type { ModelTx } from '@stockbook/db';
import { z } from 'zod';
import type { Context } from './graphql-context.ts';
import { InvalidInputError, NotFoundError } from './graphql-error.ts';
import { isId } from './graphql-page.ts';
import { record } from './outbox.ts';

/** The uuid of a record, given as such or as the node's global id; undefined for anything else. */
export function recordIdOf(typename: string, text: string): string | undefined {
  const id = text.startsWith(`${typename}:`) ? text.slice(typename.length + 1) : text;
  return isId(id) ? id.toLowerCase() : undefined;
}

interface Save<R> {
  entity: string;
  /** Such as "Contact C-17". */
  title: (record: R) => string;
  apply: (tx: ModelTx, records: readonly R[]) => Promise<void>;
  /** What is to be stored, looked up and checked inside the transaction. */
  make: (tx: ModelTx) => Promise<R>;
  /** Told when the record's own number or code is taken. */
  taken: string;
}

/** One transaction: the record, its place in the outbox, and a line of history. */
export async function create<R extends { id: string }>(context: Context, save: Save<R>): Promise<R> {
  return write(context, save, 'created');
}

/** As `create`; two updates of one record come one after the other, so that neither loses the other's fields. */
export async function update<R extends { id: string }>(
  context: Context,
  id: string,
  save: Save<R>,
): Promise<R> {
  const make = async (tx: ModelTx) => {
    await tx.sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))::text', id);
    return save.make(tx);
  };
  return write(context, { ...save, make }, 'changed');
}

async function write<R extends { id: string }>(context: Context, save: Save<R>, verb: string): Promise<R> {
  try {
    return await context.db.write(context.organisation, async (tx) => {
      const made = await save.make(tx);
      await save.apply(tx, [made]);
      record(tx, { entity: save.entity, id: made.id });
      const text = `${save.title(made)} ${verb}`;
      tx.events.push({ kind: 'edit', actor: context.actor, entity: save.entity, records: [made.id], text });
      return made;
    });
  } catch (error) {
    if (uniqueViolation.safeParse(error).success)
      throw new InvalidInputError(save.taken, save.entity === 'items' ? 'code' : 'number');
    throw error;
  }
}

/** As Prisma tells of one in its own statements, and in plain SQL. */
const uniqueViolation = z.union([
  z.object({ code: z.literal('P2002') }),
  z.object({ code: z.literal('P2010'), message: z.string().regex(/23505|unique constraint/i) }),
]);

/** The record of an id as it stands, or the error that there is none. */
export async function known<R>(
  what: string,
  id: string | undefined,
  load: (id: string) => Promise<readonly R[]>,
): Promise<R> {
  const [found] = id === undefined ? [] : await load(id);
  if (found === undefined) throw new NotFoundError(`There is no such ${what} in this organisation.`);
  return found;
}

/** Text without spaces at its ends; empty text counts as none. */
export function textOf(given: string | null | undefined): string | null {
  const text = given?.trim() ?? '';
  return text === '' ? null : text;
}
