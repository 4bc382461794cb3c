// The database: its client, ids, and the business transaction.

export { type Db, createDb } from './client.ts';
export { getDatamodel, type default as PrismaTypes } from './generated/pothos.ts';
export { Prisma, type PrismaClient } from './generated/prisma/client.ts';
export { createId } from './id.ts';
export { type NewChange, type NewEvent, type Tx, channel } from './write.ts';
