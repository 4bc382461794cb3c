// The rows that were not taken: file, line and reason.
import { bulk } from '../../client.ts';
import { formatPlural } from '../../format.ts';
import { askOnce } from '../../gql.ts';
import { createKeysetList } from '../../keyset-list.ts';
import { Card } from '../../ui/card.tsx';
import { KeysetView } from '../../ui/keyset.tsx';
import { Empty } from '../../ui/shown.tsx';
import { ListFoot, Table, type TableColumn } from '../../ui/table.tsx';
import { type LoadRow, rejectionsDocument } from './query.ts';

const columns: readonly TableColumn[] = [
  { key: 'file', label: 'File' },
  { key: 'line', label: 'Line', numeric: true },
  { key: 'document', label: 'Document' },
  { key: 'reason', label: 'Reason', class: 'min-w-64' },
];
const pageSize = 50;

export function Rejections(props: { load: LoadRow }) {
  const list = createKeysetList({
    // Read anew as more are found, and once more at the end.
    key: () => ({ id: props.load.id, rejected: props.load.rowsRejected }),
    pageSize,
    fetch: async ({ id }, first, after) => {
      const answer = await askOnce(bulk, rejectionsDocument, { id, first, after });
      if (answer.kind === 'unreachable') return answer;
      const found = answer.data.load?.rejections;
      if (found === undefined) return { kind: 'unreachable', message: 'This import is gone.' };
      return { kind: 'answer', data: { nodes: found.edges.map((edge) => edge.node), ...found.pageInfo } };
    },
  });
  return (
    <Card title="Rejected rows" aside={formatPlural(props.load.rowsRejected, 'row', 'rows')} flush>
      <div class="border-t border-line">
        <KeysetView list={list} empty={<Empty title="No row was rejected" />}>
          <Table
            label="Rejected rows"
            columns={columns}
            rows={list.rows}
            cell={(row, column) =>
              column.key === 'file'
                ? row.file
                : column.key === 'line'
                  ? row.line
                  : column.key === 'document'
                    ? row.document
                    : row.reason
            }
            card={(row) => (
              <div class="px-4 py-3">
                <p class="font-medium break-all">
                  {row.file}, line {row.line}
                </p>
                <p>{row.document}</p>
                <p class="text-bad">{row.reason}</p>
              </div>
            )}
          />
          <ListFoot
            shown={list.rows.length}
            of={props.load.rowsRejected}
            hasMore={list.hasMore}
            loading={list.loading}
            onMore={() => void list.loadMore()}
          />
        </KeysetView>
      </div>
    </Card>
  );
}
