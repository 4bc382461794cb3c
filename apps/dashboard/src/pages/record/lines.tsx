// The lines of a document and its total.
import { Show } from 'solid-js';
import { formatDecimal, formatMoney, formatPlural, formatPrice } from '../../format.ts';
import { Card } from '../../ui/card.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import type { RecordRow } from './query.ts';

type Line = RecordRow['lines'][number];

const columns: readonly TableColumn[] = [
  { key: 'item', label: 'Item' },
  { key: 'description', label: 'Description', class: 'min-w-40' },
  { key: 'quantity', label: 'Quantity', numeric: true },
  { key: 'unitPrice', label: 'Unit price', numeric: true },
  { key: 'net', label: 'Net', numeric: true },
  { key: 'tax', label: 'Tax', numeric: true },
  { key: 'account', label: 'Account' },
  { key: 'taxType', label: 'Tax rate' },
];

export function Lines(props: { record: RecordRow }) {
  const text = (line: Line, key: string) => {
    switch (key) {
      case 'item':
        return line.item ?? '';
      case 'description':
        return line.description;
      case 'quantity':
        return formatDecimal(line.quantity);
      case 'unitPrice':
        return formatPrice(line.unitPrice);
      case 'net':
        return formatMoney(line.net, null);
      case 'tax':
        return formatMoney(line.tax, null);
      case 'account':
        return line.account ?? '–';
      default:
        return line.taxType ?? '–';
    }
  };
  return (
    <Card title="Lines" aside={formatPlural(props.record.lines.length, 'line', 'lines')} flush>
      <div class="border-t border-line">
        <Table
          label="Lines"
          columns={columns}
          rows={props.record.lines}
          cell={(line, column) => text(line, column.key)}
          card={(line) => (
            <div class="px-4 py-3">
              <p class="flex justify-between gap-3">
                <span class="font-medium">{line.description}</span>
                <span>{formatMoney(line.net, props.record.currency)}</span>
              </p>
              <p class="text-xs text-muted">
                {line.item} · {formatDecimal(line.quantity)} × {formatPrice(line.unitPrice)}, tax{' '}
                {formatMoney(line.tax, null)}
              </p>
            </div>
          )}
        />
      </div>
      <Show when={props.record.total}>
        {(total) => (
          <p class="flex justify-end gap-6 border-t border-line px-4 py-3 font-semibold sm:px-5">
            Total
            <span>{formatMoney(total(), props.record.currency)}</span>
          </p>
        )}
      </Show>
    </Card>
  );
}
