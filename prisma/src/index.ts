// The database: its client, ids, and the business transaction.

export { createDb, type Db } from './client.ts';
export { type default as PrismaTypes, getDatamodel } from './generated/pothos.ts';
export { Prisma, type PrismaClient } from './generated/prisma/client.ts';
export { createId } from './id.ts';
export { parseRefusal, type Refusal, refusalOf, refusalWords, refusedTopic, tellRefusal } from './refusal.ts';
export type { Sql, SqlValue } from './sql.ts';
export type { ModelTx } from './transaction.ts';
export { channel, type NewChange, type NewEvent, type Tx } from './write.ts';
