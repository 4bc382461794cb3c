// Plans the reads of a look: filters in groups that fit the address line, and whole lists for what no filter can name.
import type { Element, FindCall } from './api.ts';
import type { Resource } from './wire.ts';

export interface Filter {
  where?: string;
  ids?: string[];
  numbers?: string[];
}

export interface Read {
  filter: Filter;
  /** Which elements of the answer belong to the look: all of a filtered one. */
  wanted: (element: Element) => boolean;
}

/** The reads that together find every value of the call. */
export function planReads(call: FindCall): Read[] {
  const values = [...new Set(call.values)];
  const way = wayOf(call);
  const named = values.filter((value) => way.canName(value));
  const reads: Read[] = groups(named, way.cost).map((group) => ({
    filter: way.filter(group),
    wanted: () => true,
  }));
  const rest = values.filter((value) => !way.canName(value));
  if (rest.length > 0) reads.push(wholeList(call, rest));
  return reads;
}

/** How values are named to Xero. */
interface Way {
  canName: (value: string) => boolean;
  /** Characters a value takes in the address line. */
  cost: (value: string) => number;
  filter: (group: string[]) => Filter;
}

function wayOf({ resource, by }: FindCall): Way {
  if (by === 'id' && (resource === 'Contacts' || resource === 'Invoices')) return listWay((ids) => ({ ids }));
  if (by === 'number' && resource === 'Invoices') return listWay((numbers) => ({ numbers }));
  const field = by === 'id' ? undefined : fields[`${resource}.${by}`];
  if (field === undefined) return { canName: () => false, cost: () => 0, filter: () => ({}) };
  const term = (value: string) => `${field}=="${value}"`;
  return {
    canName: isLiteral,
    cost: (value) => inAddress(` OR ${term(value)}`),
    filter: (group) => ({ where: group.map(term).join(' OR ') }),
  };
}

const fields: Partial<Record<`${Resource}.${FindCall['by']}`, string>> = {
  'Contacts.number': 'ContactNumber',
  'Items.code': 'Code',
  'CreditNotes.number': 'CreditNoteNumber',
};

/** Lists are joined with commas, which nothing escapes. */
function listWay(filter: (group: string[]) => Filter): Way {
  const canName = (value: string) => value !== '' && value === value.trim() && !value.includes(',');
  return { canName, cost: (value) => inAddress(value) + 1, filter };
}

/** There is no dependable escape for a quote inside a literal (XERO.md 5), and none known for a backslash. */
function isLiteral(value: string): boolean {
  return !/["\\\p{Cc}]/u.test(value);
}

/** Some servers on the way refuse a query of more than 2,048 characters; page, unit decimals and the filter's name take 78 of them. Fifty ids fit, and fifty numbers such as CN-1234. */
const filterCharactersMax = 1970;

/** The characters a text takes in the address line, where a space is a plus. */
function inAddress(text: string): number {
  return encodeURIComponent(text).replaceAll('%20', '+').length;
}

function groups(values: string[], cost: (value: string) => number): string[][] {
  const result: string[][] = [];
  let left = 0;
  for (const value of values) {
    const last = result.at(-1);
    const needed = cost(value);
    if (last !== undefined && needed <= left) last.push(value);
    else result.push([value]);
    left = (last !== undefined && needed <= left ? left : filterCharactersMax) - needed;
  }
  return result;
}

/** Reads everything and picks; Xero compares without regard to case, and so does this. */
function wholeList({ by }: FindCall, values: string[]): Read {
  const wanted = new Set(values.map(fold));
  const key = (element: Element) => (by === 'id' ? element.xeroId : element[by]);
  return {
    filter: {},
    wanted: (element) => {
      const value = key(element);
      return value !== null && wanted.has(fold(value));
    },
  };
}

function fold(value: string): string {
  return value.trim().toLowerCase();
}
