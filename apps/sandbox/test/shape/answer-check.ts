// Judges one answer of the Accounting API by Xero's specification, and by XERO.md 10.1 where that is silent.
import { Ajv, type ValidateFunction } from 'ajv';
import { otherAnswer } from './other-answers.ts';
import { isMembers } from './patch.ts';
import type { Specification } from './specification.ts';

export type Answered = {
  readonly method: string;
  /** The parts of the path after /api.xro/2.0. */
  readonly segments: readonly string[];
  readonly status: number;
  readonly contentType: string;
  /** Undefined for a file. */
  readonly body: string | undefined;
};

/** Names what is wrong with an answer, if anything; `kind` is its method, path and status. */
export type Verdict = { readonly kind: string; readonly faults: readonly string[] };

export function createCheck(specification: Specification): (answered: Answered) => Verdict {
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addSchema({ $id: 'xero', components: { schemas: specification.schemas } });
  const validators = new Map<unknown, ValidateFunction>();
  const validatorOf = (schema: unknown): ValidateFunction => {
    const known = validators.get(schema);
    if (known !== undefined) return known;
    const made = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"xero#/')));
    validators.set(schema, made);
    return made;
  };
  return (answered) => {
    const { method, status, body } = answered;
    const path = findPath(specification, answered);
    const kind = `${method} ${path ?? `/${answered.segments[0] ?? ''}/...`} ${status}`;
    const schema =
      path === undefined ? undefined : specification.paths[path]?.[method.toLowerCase()]?.[status];
    if (schema === undefined || !isJson(answered)) {
      return { kind, faults: otherAnswer(answered, schema) };
    }
    if (typeof schema === 'boolean') {
      return { kind, faults: schema || body === '' ? [] : ['a body where none is documented'] };
    }
    const validate = validatorOf(schema);
    if (validate(withoutRefused(JSON.parse(body ?? '')))) return { kind, faults: [] };
    const faults = (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${instancePath.replace(/\/\d+/g, '/n')} ${message} ${JSON.stringify(params)}`,
    );
    return { kind, faults: [...new Set(faults)] };
  };
}

/** A refused element of a batch is what was sent, wrong as it may be; it is left out. */
function withoutRefused(value: unknown): unknown {
  if (!isMembers(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      Array.isArray(part)
        ? part.filter((one) => !isMembers(one) || one.StatusAttributeString !== 'ERROR')
        : part,
    ]),
  );
}

function isJson({ contentType, body }: Answered): boolean {
  return body !== undefined && (body === '' || contentType.includes('json'));
}

/** The path of the specification that has the method, an exact one before one with a parameter. */
function findPath({ paths }: Specification, { method, segments }: Answered): string | undefined {
  const matching = Object.keys(paths).filter((path) => {
    const parts = path.slice(1).split('/');
    return (
      parts.length === segments.length && parts.every((part, index) => suits(part, segments[index] ?? ''))
    );
  });
  const having = matching.filter((path) => paths[path]?.[method.toLowerCase()] !== undefined);
  return (having.length > 0 ? having : matching).sort((a, b) => countOf(a) - countOf(b))[0];
}

function suits(part: string, segment: string): boolean {
  return part.startsWith('{') || part.toLowerCase() === segment.toLowerCase();
}

function countOf(path: string): number {
  return path.split('{').length;
}
