// What a request to Xero comes to when it goes wrong: rejections as xero-node makes them, before or after the work is done.
import type { CallFault } from './plan.ts';

/** Makes the request, or does not, and rejects as the fault has it. */
export async function faulted<T>(fault: CallFault | undefined, request: () => Promise<T>): Promise<T> {
  switch (fault) {
    case undefined:
      return request();
    case 'refused connection':
      throw noAnswer('ECONNREFUSED', 'connect');
    case 'reset before':
      throw noAnswer('ECONNRESET', 'read');
    case 'reset after':
    case 'lost late':
      await request().catch(() => undefined);
      throw noAnswer('ECONNRESET', 'read');
    case '503 before':
      throw answered(503, 'The Xero API is currently offline for maintenance');
    case '502 after':
      await request().catch(() => undefined);
      throw answered(502, '<html><body>Bad Gateway</body></html>');
    case '429':
      throw answered(429, '', { 'retry-after': '7', 'x-rate-limit-problem': 'minute' });
    case '429 long':
      throw answered(429, '', { 'retry-after': '600', 'x-rate-limit-problem': 'minute' });
    case '401':
      throw answered(401, { Title: 'Unauthorized', Detail: 'TokenExpired' });
    case '400 whole':
      throw answered(400, { Message: 'The request could not be read' });
  }
}

function noAnswer(code: string, syscall: string): string {
  return answered(0, { code, syscall, message: `${syscall} ${code}` });
}

function answered(statusCode: number, body: unknown, headers: Record<string, string> = {}): string {
  return JSON.stringify({ response: { statusCode, body, headers } });
}
