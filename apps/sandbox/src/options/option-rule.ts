// What one named option is.

export type OptionRule = {
  readonly values: readonly string[];
  readonly standard: string;
  /** What it decides, and why the standard is what it is, with its source. */
  readonly why: string;
};

/** Keeps the values as the literals they are, so that a misspelt one does not compile. */
export function rule<const Value extends string>(
  values: readonly Value[],
  standard: NoInfer<Value>,
  why: string,
): { readonly values: readonly Value[]; readonly standard: Value; readonly why: string } {
  return { values, standard, why };
}
