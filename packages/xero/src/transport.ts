// The axios that xero-node uses: given a time limit, kept from turning raw answers into models, and made to tell error codes (XERO.md 11).
import { createRequire } from 'node:module';

/** Sets the time limit of every call that xero-node makes from now on; without it a silent server holds a call for ever. */
export function limitTime(timeoutMs: number): void {
  axios.defaults.timeout = timeoutMs;
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

interface Axios {
  defaults: { timeout: number };
  interceptors: {
    response: { use(good: (answer: Answer) => Answer, bad: (refusal: Refusal) => unknown): void };
  };
}

/** xero-node is CommonJS and has its own copy: an `import` of axios here would be another one. */
const axios: Axios = createRequire(createRequire(import.meta.url).resolve('xero-node'))('axios');
const raw = new WeakMap<object, unknown>();

axios.interceptors.response.use(keepRaw, describe);

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
      message: refusal.message || refusal.code || 'no answer',
    };
    refusal.response = { status: 0, headers: {}, data };
  }
  return Promise.reject(refusal);
}
