// The first start: an owner and one organisation, made once; and a fresh one-time link while the owner has not been in.
import { createId, type Db } from '@stockbook/db';

export const ownerEmail = 'owner@stockbook.example';
const organisationName = 'My business';
/** Any number of processes may start at once on one database: one makes the owner. */
const lockKey = 7465010;

export interface Owner {
  person: string;
  organisation: string;
  /** Whether the owner has signed in or has a password. */
  known: boolean;
}

/** Runs `then` with the owner under the lock, so that what it adds is also made once. */
export async function withOwner<T>(db: Db, then: (owner: Owner) => Promise<T>): Promise<T> {
  const client = await db.pool.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
    const member = (await findOwner(db)) ?? (await createOwner(db));
    return await then({ ...member, known: await hasBeenIn(db, member.person) });
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [lockKey]).catch(() => undefined);
    client.release();
  }
}

async function findOwner(db: Db): Promise<{ person: string; organisation: string } | undefined> {
  const member = await db.prisma.member.findFirst({
    where: { role: 'owner' },
    orderBy: { createdAt: 'asc' },
  });
  return member ? { person: member.userId, organisation: member.organizationId } : undefined;
}

/** The address counts as proven: a link to an unproven one would wipe what the account has. */
async function createOwner(db: Db): Promise<{ person: string; organisation: string }> {
  const [person, organisation] = [createId(), createId()];
  await db.prisma.$transaction([
    db.prisma.user.create({ data: { id: person, name: 'Owner', email: ownerEmail, emailVerified: true } }),
    db.prisma.organization.create({
      data: { id: organisation, name: organisationName, slug: 'my-business' },
    }),
    db.prisma.member.create({
      data: { id: createId(), organizationId: organisation, userId: person, role: 'owner' },
    }),
    db.prisma.connection.create({ data: { organisationId: organisation } }),
    db.prisma.counter.create({ data: { organisationId: organisation } }),
  ]);
  return { person, organisation };
}

async function hasBeenIn(db: Db, userId: string): Promise<boolean> {
  const [session, account] = await Promise.all([
    db.prisma.session.findFirst({ where: { userId }, select: { id: true } }),
    db.prisma.account.findFirst({ where: { userId }, select: { id: true } }),
  ]);
  return session !== null || account !== null;
}
