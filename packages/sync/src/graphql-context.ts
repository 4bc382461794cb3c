// What a resolver may touch: the database, the hints, who asks, and the way to Xero's consent.
import type { Db, Refusal } from '@stockbook/db';
import type { XeroAccess } from './consent.ts';

export interface Organisation {
  id: string;
  name: string;
}

/** Who asks, and for which organisation. */
export interface Viewer {
  kind: 'person' | 'key';
  /** The person's id, or the key's. */
  id: string;
  /** The person, or who made the key. */
  personId: string;
  name: string;
  email: string | null;
  role: string;
  organisation: Organisation;
  /** Every organisation this credential may name. */
  organisations: Organisation[];
}

/** "Look now": a signal that may be lost, late or doubled. */
export interface Hint {
  organisation: string;
  topic: string;
  number: string;
  /** Of what; of the topic `record` that of a record, or of an export whose records it is about. */
  id?: string;
  /** It is about more records than are named. */
  many?: true;
}

/** The hints since the last look; after a `gap` some were lost, and what is shown must be read again. */
export interface Heard {
  gap: boolean;
  hints: Hint[];
}

export interface Events {
  /** Hears an organisation's hints on some topics; at most one look each `intervalMs`, and never more than a bounded number kept. */
  hear(organisation: string, topics: readonly string[], intervalMs: number): AsyncGenerator<Heard, void>;
}

export interface Writes {
  /** Why the database refused what was to be kept last; undefined where it was kept, or nothing was heard of yet. */
  refusal(): Refusal | undefined;
}

export type PasswordOutcome = { kind: 'set' } | { kind: 'refused'; message: string } | { kind: 'exists' };

export interface People {
  hasPassword(personId: string): Promise<boolean>;
  /** Gives the person who asks a first password. */
  setPassword(password: string): Promise<PasswordOutcome>;
}

/** Whom a consent is bound to: a person or key by id, as names may repeat. */
export function consentActor({ kind, id }: { kind: Viewer['kind']; id: string }): string {
  return `${kind}:${id}`;
}

export interface Context {
  db: Db;
  events: Events;
  writes: Writes;
  viewer: Viewer;
  people: People;
  /** How Xero is reached, and what seals its tokens. */
  xero: XeroAccess;
  /** The viewer's organisation. */
  organisation: string;
  /** Who did it, as the history says. */
  actor: string;
}
