// The resource Currencies: those the organisation is subscribed to; they can be added, never removed (XERO.md 7.10).
import { change, type Resource, type Session, type Written } from '../call/visit.ts';
import { mayUseCurrencies } from '../chart/organisation-resource.ts';
import { readText, type Source } from '../fields.ts';
import { type FieldTable, text } from '../query/field.ts';
import { select } from '../query/selection.ts';
import { envelope, notFound } from '../reply.ts';
import type { Stored } from '../store.ts';

export const currencies: Resource = {
  scopes: ['accounting.settings'],
  list(visit) {
    const codes = [...visit.organisation.currencies];
    const selection = select(
      // Currencies do not know when they were added.
      { ...visit, ifModifiedSince: undefined },
      {
        resource: 'Currency',
        fields,
        records: codes.map((code) => ({ id: code, updatedMs: 0 })),
        tests: [],
        isPaged: false,
      },
    );
    if (selection.kind === 'refused') return selection.reply;
    return envelope(visit.nowMs, { Currencies: selection.records.map(({ id }) => currencyView(id)) });
  },
  one: notFound,
  writer: {
    envelope: 'Currencies',
    idField: 'Code',
    errorFlag: undefined,
    elementsMax: { create: 1, upsert: 1 },
    write: addCurrency,
  },
  creates: 'put',
};

const names: Intl.DisplayNames = new Intl.DisplayNames('en', { type: 'currency' });

const fields: FieldTable<Stored> = {
  Code: text((currency) => currency.id),
  Description: text((currency) => names.of(currency.id) ?? currency.id),
};

function addCurrency(session: Session, source: Source): Written {
  const code = (readText(source, 'Code') ?? '').toUpperCase();
  if (!/^[A-Z]{3}$/.test(code) || names.of(code) === code)
    return { kind: 'refused', id: '', messages: [`The currency code '${code}' is not valid`] };
  if (!mayUseCurrencies(session))
    return { kind: 'refused', id: '', messages: ['The plan of the organisation has no further currencies'] };
  change(session, { kind: 'currency', code });
  return { kind: 'saved', view: () => currencyView(code), warnings: [] };
}

function currencyView(code: string): Readonly<Record<string, string>> {
  return { Code: code, Description: names.of(code) ?? code };
}
