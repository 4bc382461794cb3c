// Reads a `where` expression (XERO.md 5) into a test of a record.
import { type Compared, compareValues, constant, type Operand, operandOf, testOf } from './comparison.ts';
import type { FieldTable } from './field.ts';
import { type Token, tokenise } from './token.ts';

export type Test<T> = (record: T) => boolean;
export type Where<T> =
  | {
      readonly kind: 'where';
      readonly test: Test<T>;
      /** The fields it names, and whether it calls a method on one. */
      readonly names: ReadonlySet<string>;
      readonly calls: boolean;
    }
  | { readonly kind: 'fault'; readonly message: string };

/** `resource` is the name Xero's messages give the record, such as `Invoice`; `guids` says whether `Guid("…")` is known. */
export function parseWhere<T>(
  expression: string,
  fields: FieldTable<T>,
  resource: string,
  guids = true,
): Where<T> {
  const lexed = tokenise(expression);
  if (lexed.kind === 'fault') return lexed;
  const parser = new Parser(lexed.tokens, fields, resource, guids);
  const test = parser.either();
  if (test !== undefined && parser.peek().kind !== 'end') parser.fail('Syntax error');
  const message = parser.fault;
  return test === undefined || message !== undefined
    ? { kind: 'fault', message: message ?? 'Expression expected' }
    : { kind: 'where', test, names: parser.names, calls: parser.calls };
}

const comparisons = new Set(['==', '=', '!=', '<>', '<', '<=', '>', '>=']);

/** Recursive descent; every method returns undefined after a fault, of which the first is kept. */
class Parser<T> {
  fault: string | undefined;
  calls = false;
  readonly names = new Set<string>();
  private at = 0;
  private depth = 0;
  private readonly tokens: readonly Token[];
  private readonly fields: FieldTable<T>;
  private readonly resource: string;
  private readonly guids: boolean;

  constructor(tokens: readonly Token[], fields: FieldTable<T>, resource: string, guids: boolean) {
    this.tokens = tokens;
    this.fields = fields;
    this.resource = resource;
    this.guids = guids;
  }

  either(): Test<T> | undefined {
    let left = this.both();
    while (left !== undefined && (this.takeSign('||') || this.takeWord('or'))) {
      const [first, second]: [Test<T>, Test<T> | undefined] = [left, this.both()];
      left = second === undefined ? undefined : (record) => first(record) || second(record);
    }
    return left;
  }

  peek(): Token {
    return this.tokens[this.at] ?? { kind: 'end' };
  }

  fail(message: string): undefined {
    this.fault ??= message;
    return undefined;
  }

  private both(): Test<T> | undefined {
    let left = this.negation();
    while (left !== undefined && (this.takeSign('&&') || this.takeWord('and'))) {
      const [first, second]: [Test<T>, Test<T> | undefined] = [left, this.negation()];
      left = second === undefined ? undefined : (record) => first(record) && second(record);
    }
    return left;
  }

  private negation(): Test<T> | undefined {
    if (!this.takeSign('!') && !this.takeWord('not')) return this.comparison();
    const test = this.nested(() => this.negation());
    return test === undefined ? undefined : (record) => !test(record);
  }

  private comparison(): Test<T> | undefined {
    if (this.takeSign('(')) {
      const test = this.nested(() => this.either());
      return test !== undefined && !this.takeSign(')') ? this.fail("')' or operator expected") : test;
    }
    const left = this.operand();
    if (left === undefined) return undefined;
    const sign = this.peek();
    if (sign.kind !== 'sign' || !comparisons.has(sign.text)) return this.settle(testOf(left));
    this.at += 1;
    const right = this.operand();
    return right === undefined ? undefined : this.settle(compareValues(left, sign.text, right));
  }

  private settle(compared: Compared<T>): Test<T> | undefined {
    return compared.kind === 'fault' ? this.fail(compared.message) : compared.test;
  }

  /** Brackets and negations within each other have a limit, so that no expression can exhaust the stack. */
  private nested(parse: () => Test<T> | undefined): Test<T> | undefined {
    this.depth += 1;
    const test = this.depth > 100 ? this.fail('Expression is nested too deeply') : parse();
    this.depth -= 1;
    return test;
  }

  private operand(): Operand<T> | undefined {
    const token = this.peek();
    if (token.kind === 'end') return this.fail('Expression expected');
    this.at += 1;
    if (token.kind === 'text') return constant('text', token.text);
    if (token.kind === 'number') return constant('number', token.value);
    if (token.kind === 'word') return this.path(token.text);
    const next = this.peek();
    if (token.text !== '-' || next.kind !== 'number') return this.fail('Expression expected');
    this.at += 1;
    return constant('number', -next.value);
  }

  /** A constant, a field such as `Contact.Name`, or a call such as `Name.Contains("x")` or `DateTime(2026,1,31)`. */
  private path(first: string): Operand<T> | undefined {
    const names = [first];
    while (this.takeSign('.')) {
      const token = this.peek();
      if (token.kind !== 'word') return this.fail('Identifier expected');
      this.at += 1;
      names.push(token.text);
      if (this.isSign('(')) break;
    }
    const input = this.takeSign('(') ? this.callInput() : undefined;
    if (this.fault !== undefined) return undefined;
    if (!this.guids && names[0]?.toLowerCase() === 'guid')
      return this.fail(`No property or field 'Guid' exists in type '${this.resource}'`);
    this.note(names, input !== undefined);
    let made = operandOf(names, input, this.fields, this.resource);
    while (made.kind === 'operand' && this.takeSign('.')) {
      this.calls = true;
      const method = this.peek();
      this.at += 1;
      if (method.kind !== 'word' || !this.takeSign('(')) return this.fail('Identifier expected');
      const more = this.callInput();
      made =
        more === undefined
          ? { kind: 'fault', message: "')' or ',' expected" }
          : made.operand.call(method.text, more);
    }
    return made.kind === 'fault' ? this.fail(made.message) : made.operand;
  }

  /** What is called on a field stands behind its name; constants such as `DateTime(…)` are no fields. */
  private note(names: readonly string[], isCall: boolean): void {
    const field = (isCall ? names.slice(0, -1) : names).join('.');
    if (!Object.hasOwn(this.fields, field)) return;
    this.names.add(field);
    if (isCall) this.calls = true;
  }

  private callInput(): (string | number)[] | undefined {
    const input: (string | number)[] = [];
    if (this.takeSign(')')) return input;
    for (;;) {
      const token = this.peek();
      this.at += 1;
      if (token.kind === 'text') input.push(token.text);
      else if (token.kind === 'number') input.push(token.value);
      else return this.fail('Expression expected');
      if (this.takeSign(')')) return input;
      if (!this.takeSign(',')) return this.fail("')' or ',' expected");
    }
  }

  private isSign(text: string): boolean {
    const token = this.peek();
    return token.kind === 'sign' && token.text === text;
  }

  private takeSign(text: string): boolean {
    const taken = this.isSign(text);
    if (taken) this.at += 1;
    return taken;
  }

  private takeWord(text: string): boolean {
    const token = this.peek();
    const taken = token.kind === 'word' && token.text.toLowerCase() === text;
    if (taken) this.at += 1;
    return taken;
  }
}
