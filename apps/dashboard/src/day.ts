// Days picked in a filter, as the API takes them: a plain date, or the first and last instant of it where the viewer is.

export function dayOf(text: string | undefined): string | undefined {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined;
}

export function startOfDay(text: string | undefined): string | undefined {
  return instantOf(text, 'T00:00:00');
}

export function endOfDay(text: string | undefined): string | undefined {
  return instantOf(text, 'T23:59:59.999');
}

/** Undefined for what is no date, so that a mistyped address filters nothing. */
function instantOf(text: string | undefined, time: string): string | undefined {
  const day = dayOf(text);
  if (day === undefined) return undefined;
  const instant = new Date(`${day}${time}`);
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}
