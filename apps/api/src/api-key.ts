// API keys: `sb_` and 32 random bytes, known to us only as their SHA-256; and the command line's own, kept in a file.
import { createHash, randomBytes } from 'node:crypto';
import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createId, type Db, refusalOf } from '@stockbook/db';

export interface KeyRow {
  id: string;
  name: string;
  personId: string;
  organisation: { id: string; name: string };
  role: string;
}

const usedEachMs = 60_000;

/** Who a key speaks for; undefined when it is unknown, revoked, expired, or its maker is no longer a member. */
export async function findKey(db: Db, text: string): Promise<KeyRow | undefined> {
  if (!/^sb_[A-Za-z0-9_-]{43}$/.test(text)) return undefined;
  const key = await db.prisma.apiKey.findUnique({
    where: { hash: hashOf(text) },
    include: { organization: { include: { members: { select: { userId: true, role: true } } } } },
  });
  const now = new Date();
  if (!key || key.revokedAt || (key.expiresAt && key.expiresAt <= now)) return undefined;
  const member = key.organization.members.find(({ userId }) => userId === key.createdBy);
  if (!member) return undefined;
  if (!key.lastUsedAt || now.getTime() - key.lastUsedAt.getTime() > usedEachMs)
    await noteUse(db, key.organisationId, key.id, now);
  const { id, name } = key.organization;
  return {
    id: key.id,
    name: key.name,
    personId: key.createdBy,
    organisation: { id, name },
    role: member.role,
  };
}

/** Where the database keeps nothing just now, the key holds all the same: reading goes on. */
async function noteUse(db: Db, organisationId: string, id: string, now: Date): Promise<void> {
  try {
    await db.prisma.apiKey.updateMany({ where: { organisationId, id }, data: { lastUsedAt: now } });
  } catch (error) {
    if (refusalOf(error) === undefined) throw error;
  }
}

const cliName = 'Command line';

/** Leaves a working key in DATA_DIR/api-key, mode 600; a missing or dead one is replaced, and the old one revoked. */
export async function keepCliKey(
  db: Db,
  dataDir: string,
  owner: { organisation: string; person: string },
): Promise<void> {
  const file = join(dataDir, 'api-key');
  const written = await readFile(file, 'utf8').catch(ifMissing);
  if (written !== undefined && (await findKey(db, written.trim()))?.organisation.id === owner.organisation) {
    await chmod(file, 0o600);
    return;
  }
  const text = `sb_${randomBytes(32).toString('base64url')}`;
  const where = { organisationId: owner.organisation, name: cliName, revokedAt: null };
  await db.prisma.$transaction([
    db.prisma.apiKey.updateMany({ where, data: { revokedAt: new Date() } }),
    db.prisma.apiKey.create({
      data: {
        organisationId: owner.organisation,
        id: createId(),
        createdBy: owner.person,
        name: cliName,
        start: text.slice(0, 8),
        hash: hashOf(text),
      },
    }),
  ]);
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${text}\n`, { mode: 0o600 });
  await rename(draft, file);
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}

function hashOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(text).digest());
}
