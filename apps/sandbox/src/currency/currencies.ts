// The resource Currencies: those the organisation is subscribed to; they can be added, never removed (XERO.md 7.10).
import { change, type Resource, type Session, type Written } from '../call/visit.ts';
import { readText, type Source } from '../fields.ts';
import { envelope, notFound } from '../reply.ts';

export const currencies: Resource = {
  scopes: ['accounting.settings'],
  list: (visit) =>
    envelope(visit.nowMs, { Currencies: [...visit.organisation.currencies].map(currencyView) }),
  one: notFound,
  writer: { envelope: 'Currencies', idField: 'Code', errorFlag: undefined, write: addCurrency },
  creates: true,
};

const names: Intl.DisplayNames = new Intl.DisplayNames('en', { type: 'currency' });

function addCurrency(session: Session, source: Source): Written {
  const code = (readText(source, 'Code') ?? '').toUpperCase();
  if (!/^[A-Z]{3}$/.test(code) || names.of(code) === code)
    return { kind: 'refused', id: '', messages: [`The currency code '${code}' is not valid`] };
  change(session, { kind: 'currency', code });
  return { kind: 'saved', view: () => currencyView(code), warnings: [] };
}

function currencyView(code: string): Readonly<Record<string, string>> {
  return { Code: code, Description: names.of(code) ?? code };
}
