// Carries out a PUT or POST of one or many elements: all or nothing, or a verdict per element (XERO.md 4).
import { type Fields, isFields, type Source, toSources } from '../fields.ts';
import { option } from '../options.ts';
import type { OrganisationChange } from '../organisation-change.ts';
import { envelope, malformed, notFound, type Reply, validationException } from '../reply.ts';
import { elementOf } from './element.ts';
import {
  type Matching,
  openSession,
  rollBack,
  type Session,
  type Visit,
  type Writer,
  type Written,
} from './visit.ts';

export type BatchDone = { readonly reply: Reply; readonly changes: readonly OrganisationChange[] };

export function writeBatch(visit: Visit, writer: Writer, matching: Matching): BatchDone {
  const read = readElements(visit.body, writer.envelope, elementsMaxOf(writer, matching));
  if (read.kind !== 'elements') {
    const number = read.kind === 'unparsable' ? Number(option(visit, 'unparsable-number')) : 14;
    return { reply: malformed(read.message, number), changes: [] };
  }
  const session = openSession(visit);
  const written = read.sources.map((source, index): Written => {
    const fault = visit.chosen?.(index, read.sources.length);
    if (fault !== undefined) return { kind: 'refused', id: '', messages: [fault] };
    return writeElement(session, writer, source, matching);
  });
  const [fault] = read.problems;
  if (fault !== undefined) return giveUp(session, malformed(fault));
  if (written.some((one) => one.kind === 'missing')) return giveUp(session, notFound());
  const summarised = visit.query.get('summarizeErrors')?.toLowerCase() !== 'false';
  const member = option(visit, 'error-member');
  const elements = read.sources.map((source, index) =>
    elementOf(writer, source.fields, written[index], { summarised, member }),
  );
  if (summarised && written.some((one) => one.kind === 'refused')) {
    const listed = option(visit, 'summarised-elements') === 'all' ? () => true : isRefused;
    const reply = validationException(elements.filter((_, index) => listed(written[index])));
    // A refused element has left nothing behind, so that what is kept here are the valid ones.
    return option(visit, 'summarised-400') === 'partial'
      ? { reply, changes: session.changes }
      : giveUp(session, reply);
  }
  if (!summarised && option(visit, 'verdict-order') === 'reversed') elements.reverse();
  return { reply: envelope(visit.nowMs, { [writer.envelope]: elements }), changes: session.changes };
}

/** An address with an id means one record. */
function elementsMaxOf(writer: Writer, matching: Matching): number {
  return matching.kind === 'id' ? 1 : (writer.elementsMax?.[matching.kind] ?? Number.POSITIVE_INFINITY);
}

type Elements =
  | { readonly kind: 'elements'; readonly sources: readonly Source[]; readonly problems: readonly string[] }
  | { readonly kind: 'malformed' | 'unparsable'; readonly message: string };

/** Takes both `{"Items":[…]}` and one bare object. */
function readElements(body: string, name: string, elementsMax: number): Elements {
  if (body.trim() === '') return { kind: 'malformed', message: 'JSON for post data was empty' };
  const parsed = parseJson(body);
  if (parsed.kind === 'unparsable') return parsed;
  if (isDeeper(parsed.value, depthMax))
    return { kind: 'malformed', message: `The reader's MaxDepth of ${depthMax} has been exceeded.` };
  if (!isFields(parsed.value))
    return { kind: 'malformed', message: `A JSON object with the member ${name} was expected` };
  const list = parsed.value[name];
  const values = Array.isArray(list) ? list : list === undefined || list === null ? [parsed.value] : [list];
  if (values.length > elementsMax)
    return {
      kind: 'malformed',
      message: `No more than ${elementsMax} ${elementsMax === 1 ? 'element' : 'elements'} can be sent in one request`,
    };
  const problems: string[] = [];
  return { kind: 'elements', sources: toSources(values, name, problems), problems };
}

function parseJson(body: string): { kind: 'json'; value: unknown } | { kind: 'unparsable'; message: string } {
  try {
    return { kind: 'json', value: JSON.parse(body) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'unparsable', message: `The JSON of the request could not be read: ${reason}` };
  }
}

/** As deep as Json.NET reads; echoing what is deeper would need a stack without end. */
const depthMax = 64;

/** `left`: how deep objects and lists may still stand in each other. */
function isDeeper(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  if (isFields(value)) return hasDeeper(value, left - 1);
  return Array.isArray(value) && value.some((one) => isDeeper(one, left - 1));
}

/** Quicker than Object.values: every member of every call comes by here, and most are no objects. */
function hasDeeper(fields: Fields, left: number): boolean {
  for (const name in fields) {
    const value = fields[name];
    if (typeof value === 'object' && isDeeper(value, left)) return true;
  }
  return false;
}

/** A refused element leaves nothing behind, not even the contact it would have made. */
function writeElement(session: Session, writer: Writer, source: Source, matching: Matching): Written {
  const kept = session.changes.length;
  const written = writer.write(session, source, matching);
  if (written.kind !== 'saved') rollBack(session, kept);
  return written;
}

function giveUp(session: Session, reply: Reply): BatchDone {
  rollBack(session, 0);
  return { reply, changes: [] };
}

function isRefused(written: Written | undefined): boolean {
  return written?.kind === 'refused';
}
