// Reads the JSON that a control address is sent.
import { z } from 'zod';

export type Read<T> =
  | { readonly kind: 'read'; readonly value: T }
  /** 400 with a sentence for each thing that is wrong. */
  | { readonly kind: 'refused'; readonly response: Response };

export async function readBody<T>(request: Request, schema: z.ZodType<T>): Promise<Read<T>> {
  const text = await request.text();
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return { kind: 'read', value: parsed.data };
  return { kind: 'refused', response: refuse(z.prettifyError(parsed.error)) };
}

export function refuse(error: string, status = 400): Response {
  return Response.json({ error }, { status });
}

/** Undefined, which no schema takes, when it is no JSON; an empty body counts as an empty object. */
function parseJson(text: string): unknown {
  try {
    return text.trim() === '' ? {} : JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
