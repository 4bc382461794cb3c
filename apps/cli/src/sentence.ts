// A sentence for the person at the terminal: the command could not be done, and this says why and what to do.

/** Thrown where a command ends early; `exitCode` is 1 (could not) unless it says otherwise, `details` go into the JSON document. */
export class Sentence extends Error {
  readonly exitCode: 1 | 2;
  readonly details: Record<string, unknown>;

  constructor(message: string, exitCode: 1 | 2 = 1, details: Record<string, unknown> = {}) {
    super(message);
    this.exitCode = exitCode;
    this.details = details;
  }
}
