// Says what is wrong with an answer to a malformed call: nothing but Xero's shapes of errors will do (XERO.md 10.1).
import { z } from 'zod';
import type { Shot } from './fuzz-shot.ts';
import type { Answer } from './fuzz-wire.ts';

/** Undefined where the answer is as it should be. */
export function faultOf(shot: Shot, answer: Answer): string | undefined {
  if (answer.broken !== undefined) return answer.broken;
  const isBare = answer.text === '' && [0, 400, 408, 413, 417, 431].includes(answer.status);
  if (shot.isWire && isBare) return undefined;
  if (answer.status === 431 && headLength(shot) > longHead) return undefined;
  if (answer.status === 0) return 'the connection ended without an answer';
  if (answer.status >= 500 && answer.status !== 501) return `a ${answer.status} that was not asked for`;
  // What an answer to HEAD would hold cannot be seen.
  if (shot.method === 'HEAD') return undefined;
  return contentFault(answer) ?? judges[placeOf(shot)](answer);
}

/** From here on a head may be larger than Node takes, which is 16 KB; placeholders grow when they are filled in. */
const longHead = 6_000;

function headLength({ target, headers }: Shot): number {
  return headers.reduce((sum, [name, value]) => sum + name.length + value.length, target.length);
}

type Place = 'accounting' | 'file' | 'token' | 'connections' | 'control' | 'page';
type Judge = (answer: Answer) => string | undefined;

/** A broken address may lead anywhere. */
function placeOf({ area, target, isWire }: Shot): Place {
  if (area === 'accounting' || area === 'file')
    return isWire && !/^(http:\/\/localhost)?\/api\.xro\/2\.0\/(?!.*(\.|%2e)(\.|%2e))/.test(target)
      ? 'page'
      : area;
  if (area === 'control') return 'control';
  if (target.startsWith('/connections')) return 'connections';
  return /^\/connect\/(token|revocation)$/.test(target) ? 'token' : 'page';
}

const tokenErrors = [
  'invalid_client',
  'invalid_grant',
  'invalid_scope',
  'invalid_request',
  'unauthorized_client',
  'unsupported_grant_type',
] as const;

const judges: Readonly<Record<Place, Judge>> = {
  accounting: (answer) => accountingFault(answer, false),
  file: (answer) => accountingFault(answer, true),
  token(answer) {
    if (answer.status === 404) return undefined;
    if (answer.status === 200) return undefined;
    const words = z.strictObject({
      error: z.enum(tokenErrors),
    });
    return [400, 401].includes(answer.status) ? shapeFault(answer, words) : `status ${answer.status}`;
  },
  connections(answer) {
    if (answer.status === 200) return shapeFault(answer, z.array(z.object({ tenantId: z.string() })));
    if (answer.status === 401) return shapeFault(answer, problem);
    return [204, 404].includes(answer.status) ? undefined : `status ${answer.status}`;
  },
  control(answer) {
    if ([200, 201].includes(answer.status)) return undefined;
    if (answer.status === 404) return undefined;
    const wanted = z.strictObject({ error: z.string().min(1) });
    return [400, 409].includes(answer.status) ? shapeFault(answer, wanted) : `status ${answer.status}`;
  },
  page: (answer) =>
    [200, 204, 302, 400, 404, 501].includes(answer.status) ? undefined : `status ${answer.status}`,
};

const message = z.object({ Message: z.string().min(1) });
const element = z.looseObject({ ValidationErrors: z.array(message).min(1) });
const validation = z.strictObject({
  ErrorNumber: z.literal(10),
  Type: z.literal('ValidationException'),
  Message: z.literal('A validation exception occurred'),
  Elements: z.array(element).min(1),
});
const exception = z.union([
  validation,
  z.strictObject({
    ErrorNumber: z.literal(14),
    Type: z.literal('PostDataInvalidException'),
    Message: z.string().min(1),
  }),
  z.strictObject({
    ErrorNumber: z.literal(16),
    Type: z.literal('QueryParseException'),
    Message: z.string().min(1),
  }),
  z.strictObject({
    ErrorNumber: z.literal(51),
    Type: z.literal('HighVolumeException'),
    Message: z.string().min(1),
  }),
]);
const problem = z.strictObject({
  Type: z.null(),
  Title: z.enum(['Unauthorized', 'Forbidden']),
  Status: z.number(),
  Detail: z.string().min(1),
  Instance: z.guid(),
  Extensions: z.strictObject({}),
});
const envelope = z.looseObject({
  Id: z.guid(),
  Status: z.literal('OK'),
  ProviderName: z.string(),
  DateTimeUTC: z.string().regex(/^\/Date\(\d+\+0000\)\/$/),
});

/** Texts that a 400 may be, beside the three exceptions. */
const plain400 = /^(Idempotency Key: [\s\S]*|The address is not percent-encoded correctly\.)$/;

function accountingFault(answer: Answer, isFile: boolean): string | undefined {
  const { status, text } = answer;
  const isJson = answer.headers.get('content-type')?.includes('json') === true;
  switch (status) {
    case 200:
      return isFile && !text.startsWith('{"Id":') ? undefined : shapeFault(answer, envelope);
    case 204:
      return text === '' ? undefined : 'a 204 with a body';
    case 400:
      if (isJson) return shapeFault(answer, exception);
      return plain400.test(text) ? undefined : `a 400 that is none of Xero's: ${text.slice(0, 200)}`;
    case 401:
    case 403:
      return shapeFault(answer, problem);
    case 404: {
      if (isJson) return shapeFault(answer, validation);
      const known = "The resource you're looking for cannot be found";
      return text === known ? undefined : `a 404 that says ${text.slice(0, 200)}`;
    }
    case 406:
    case 412:
    case 413:
    case 415:
    case 501:
      return text === '' ? `an empty ${status}` : undefined;
    default:
      return `status ${status}`;
  }
}

/** What no answer may hold, wherever it comes from. */
function contentFault({ headers, text }: Answer): string | undefined {
  const type = headers.get('content-type') ?? '';
  if (headers.has('x-evil')) return 'a header that was smuggled in';
  if (type.includes('html') && /<script>alert|<svg onload|" onload=|' onload=/i.test(text))
    return 'a page with what was sent unescaped';
  if (!type.includes('json')) return undefined;
  if (/\\\/Date\((?!-?\d+\+0000\))/.test(text)) return 'a date that is none';
  const leak =
    /\[object \w+\]|Cannot (read|convert|set) |is not a function|is not iterable|Maximum call stack/;
  return leak.test(text) ? `the program's own words: ${leak.exec(text)?.[0] ?? ''}` : undefined;
}

function shapeFault(answer: Answer, schema: z.ZodType): string | undefined {
  const value = parse(answer.text);
  if (value === undefined) return `no JSON in a ${answer.status}: ${answer.text.slice(0, 200)}`;
  const parsed = schema.safeParse(value);
  if (parsed.success) return undefined;
  return `a ${answer.status} of another shape: ${z.prettifyError(parsed.error)}: ${answer.text.slice(0, 300)}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
