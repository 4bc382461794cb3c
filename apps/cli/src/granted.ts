// What a mutation granted, or its refusal as a sentence.
import type { Refused } from './documents/document.ts';
import { Sentence } from './sentence.ts';

export function granted<Payload>(result: { kind: 'granted'; payload: Payload } | Refused): Payload {
  if (result.kind === 'refused') throw new Sentence(result.message);
  return result.payload;
}
