// The books of a schedule: what a person wrote, version by version. The oracle of the simulation: Xero must come to hold the same.
import { createId, type Db } from '@stockbook/db';
import { entities } from '../../src/entities/index.ts';
import { setDoNotSync } from '../../src/exclusion.ts';
import { record } from '../../src/outbox.ts';
import { type Kind, kinds, type Parents } from './kinds.ts';

export interface Entry {
  kind: Kind;
  id: string;
  n: number;
  version: number;
  excluded: boolean;
  /** Whether its last version is one that Xero refuses for good. */
  spoilt?: boolean;
}

export interface Books {
  entries: Entry[];
  parents: Parents;
}

/** Writes `count` records of every kind, as the API writes them. */
export async function openBooks(db: Db, organisation: string, count: number): Promise<Books> {
  const books: Books = { entries: [], parents: new Map() };
  const ids = new Map(kinds.map((kind) => [kind.entity.name, Array.from({ length: count }, createId)]));
  books.parents = ids;
  await db.write(organisation, async (tx) => {
    for (const kind of kinds) {
      const mine = (ids.get(kind.entity.name) ?? []).map((id, n) => ({
        ...{ kind, id, n, version: 1, excluded: false },
      }));
      await kind.entity.apply(
        tx,
        mine.map(({ id, n }) => kind.make(id, n, 1, ids)),
      );
      for (const { id } of mine) record(tx, { entity: kind.entity.name, id });
      books.entries.push(...mine);
    }
  });
  return books;
}

/** The next version of a record. */
export async function edit(db: Db, organisation: string, books: Books, which: number): Promise<void> {
  const entry = entryOf(books, which);
  const version = entry.version + 1;
  await write(db, organisation, entry, version, books.parents);
  entry.version = version;
  entry.spoilt = false;
}

/** The next version of a document for which none waits, which Xero refuses each time: its reference is too long. */
export async function spoil(db: Db, organisation: string, books: Books, which: number): Promise<void> {
  const last = books.entries.filter(({ kind }) => isLast(kind));
  const entry = last[which % last.length];
  if (entry === undefined) throw new Error('The books have no documents');
  const version = entry.version + 1;
  const reference = `v${version}. ${'X'.repeat(300)}`;
  await write(db, organisation, entry, version, books.parents, {
    change: (made) => Object.assign(made, { reference }),
  });
  entry.version = version;
  entry.spoilt = true;
}

function isLast({ entity }: Kind): boolean {
  return kinds.every((one) => !one.entity.after.includes(entity.name));
}

/** One record more; an urgent one goes before all else. */
export async function add(
  db: Db,
  organisation: string,
  books: Books,
  of: number,
  urgent = false,
): Promise<void> {
  const kind = kinds[of % kinds.length];
  if (kind === undefined) throw new Error('The registry sends nothing');
  const n = books.entries.length;
  const entry = { kind, id: createId(), n, version: 1, excluded: false };
  await write(db, organisation, entry, 1, books.parents, { urgent });
  books.entries.push(entry);
}

/** A person keeps the record from going, or lets it go again. */
export async function exclude(
  db: Db,
  organisation: string,
  books: Books,
  which: number,
  on: boolean,
): Promise<void> {
  const entry = entryOf(books, which);
  await db.write(organisation, async (tx) => {
    await setDoNotSync(tx, entities, 'Ann', entry.id, { noExport: on });
  });
  entry.excluded = on;
}

interface Writing {
  /** Alters what is made before it is written. */
  change?(made: { id: string }): { id: string };
  urgent?: boolean;
}

function write(
  db: Db,
  organisation: string,
  entry: Entry,
  version: number,
  parents: Parents,
  { change = (made) => made, urgent = false }: Writing = {},
): Promise<void> {
  const { kind, id, n } = entry;
  return db.write(organisation, async (tx) => {
    await kind.entity.apply(tx, [change(kind.make(id, n, version, parents))]);
    record(tx, { entity: kind.entity.name, id, urgent });
  });
}

function entryOf(books: Books, which: number): Entry {
  const entry = books.entries[which % books.entries.length];
  if (entry === undefined) throw new Error('The books are empty');
  return entry;
}
