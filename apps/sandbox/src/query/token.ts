// Splits a `where` expression into its words, texts, numbers and signs.

export type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'sign'; readonly text: string }
  | { readonly kind: 'end' };

export type Tokens =
  | { readonly kind: 'tokens'; readonly tokens: Token[] }
  | { readonly kind: 'fault'; readonly message: string };

const pattern =
  /\s*(?:("[^"]*")|('(?:[^'\\]|\\.)*')|(\d+(?:\.\d+)?)[mMdDfFlL]?|([A-Za-z_]\w*)|(==|!=|<>|<=|>=|&&|\|\||[=<>!().,-])|(\S))/y;

export function tokenise(expression: string): Tokens {
  const tokens: Token[] = [];
  const end = expression.trimEnd().length;
  pattern.lastIndex = 0;
  while (pattern.lastIndex < end) {
    const at = pattern.lastIndex;
    const match = pattern.exec(expression);
    if (match === null) return { kind: 'fault', message: `Syntax error (at index ${at})` };
    const [, quoted, character, digits, word, sign, other] = match;
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.slice(1, -1) });
    else if (character !== undefined) {
      if (character.length !== 3)
        return { kind: 'fault', message: 'Character literal must contain exactly one character' };
      tokens.push({ kind: 'text', text: character.slice(1, -1) });
    } else if (digits !== undefined) tokens.push({ kind: 'number', value: Number(digits) });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else
      return {
        kind: 'fault',
        message: other === '"' || other === "'" ? 'Unterminated string literal' : `Syntax error '${other}'`,
      };
  }
  tokens.push({ kind: 'end' });
  return { kind: 'tokens', tokens };
}
