// The errors a client is shown in words; every other error is masked and logged.

/** What was sent cannot be taken: which field, and what to do. */
export class InvalidInputError extends Error {
  override name = 'InvalidInputError';
  field: string | null;

  constructor(message: string, field: string | null = null) {
    super(message);
    this.field = field;
  }
}

export class NotFoundError extends Error {
  override name = 'NotFoundError';
}

export class ForbiddenError extends Error {
  override name = 'ForbiddenError';
}

/** Something else stands in the way, such as a run that is active. */
export class ConflictError extends Error {
  override name = 'ConflictError';
  runId: string | null;
  parkedUntil: Date | null;

  constructor(
    message: string,
    { runId = null, parkedUntil = null }: { runId?: string | null; parkedUntil?: Date | null } = {},
  ) {
    super(message);
    this.runId = runId;
    this.parkedUntil = parkedUntil;
  }
}
