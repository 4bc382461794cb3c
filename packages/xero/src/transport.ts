// The axios that xero-node uses: given a time limit, made to send a text as it is, kept from turning raw answers into models, and made to tell error codes (XERO.md 11).
import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';

/** Sets the time limit of every call that xero-node makes from now on; without it a silent server holds a call for ever. */
export function limitTime(timeoutMs: number): void {
  axios.defaults.timeout = timeoutMs;
}

/** Sends `text`, byte for byte, as the body of the one call that `work` makes. */
export function withText<T>(text: string, work: () => T): T {
  return texts.run(text, work);
}

/** The JSON of an answer as Xero sent it: the models drop DateString and turn texts into Date objects (XERO.md 11.3). */
export function rawData(response: object): unknown {
  return raw.get(response);
}

interface Answer {
  data: unknown;
}

/** What an interceptor is given when there was no answer, or one that is an error. */
interface Refusal {
  code?: string;
  message: string;
  cause?: { code?: string; syscall?: string; errors?: { syscall?: string }[] };
  response?: unknown;
}

interface Request {
  data: unknown;
  signal?: AbortSignal;
  headers: { set(name: string, value: string): unknown };
}

interface Axios {
  defaults: { timeout: number };
  interceptors: {
    request: { use(work: (request: Request) => Request): void };
    response: { use(good: (answer: Answer) => Answer, bad: (refusal: Refusal) => unknown): void };
  };
}

/** xero-node is CommonJS and has its own copy: an `import` of axios here would be another one. */
const axios: Axios = createRequire(createRequire(import.meta.url).resolve('xero-node'))('axios');
const raw = new WeakMap<object, unknown>();
const texts = new AsyncLocalStorage<string>();

axios.interceptors.request.use((request) => endInTime(putText(request)));
axios.interceptors.response.use(keepRaw, describe);

/** As bytes: a text would be parsed on its way. */
function putText(request: Request): Request {
  const text = texts.getStore();
  if (text === undefined) return request;
  request.data = Buffer.from(text);
  request.headers.set('Content-Type', 'application/json');
  return request;
}

/** axios' own limit ends where an answer begins: one that trickles would hold its call for ever. */
function endInTime(request: Request): Request {
  request.signal = AbortSignal.timeout(axios.defaults.timeout);
  return request;
}

function keepRaw(answer: Answer): Answer {
  raw.set(answer, answer.data);
  answer.data = {};
  return answer;
}

/** Of a request without an answer xero-node keeps only `message`; as the body of an answer with status 0 the code survives too. */
function describe(refusal: Refusal): Promise<never> {
  if (refusal.response === undefined) {
    const { cause } = refusal;
    const data = {
      code: refusal.code ?? cause?.code ?? '',
      syscall: cause?.syscall ?? cause?.errors?.[0]?.syscall ?? '',
      message: messageOf(refusal),
    };
    refusal.response = { status: 0, headers: {}, data };
  }
  return Promise.reject(refusal);
}

function messageOf({ code, message }: Refusal): string {
  if (code === 'ERR_CANCELED') return `timeout of ${axios.defaults.timeout}ms exceeded`;
  return message || code || 'no answer';
}
