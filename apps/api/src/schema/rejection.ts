// The rows of a load that were not taken, each with its reason.
import { badCursor, builder, pageArgs, pageSize, toPage } from '@stockbook/sync/graphql';
import { LoadRef } from './load.ts';

interface RejectionRow {
  loadId: string;
  file: number;
  line: number;
  document: string;
  reason: string;
  fileName: string;
}

const RejectionRef = builder.objectRef<RejectionRow>('Rejection').implement({
  description: 'A row that was not taken.',
  fields: (t) => ({
    id: t.id({
      description: "The load's uuid, the file's number and the line.",
      resolve: ({ loadId, file, line }) => `${loadId}:${file}:${line}`,
    }),
    file: t.exposeString('fileName', { description: "The file's name." }),
    line: t.exposeInt('line', { description: 'The line of the file; the header is line 1.' }),
    document: t.exposeString('document', { description: 'The number of its document.' }),
    reason: t.exposeString('reason', { description: 'Why it was not taken.' }),
  }),
});

const RejectionConnection = builder.connectionObject(
  { type: RejectionRef, name: 'RejectionConnection' },
  { name: 'RejectionEdge' },
);

builder.objectField(LoadRef, 'rejections', (t) =>
  t.field({
    type: RejectionConnection,
    description: 'The rows that were not taken, in the order of the files.',
    args: pageArgs,
    resolve: async ({ id }, args, { db, organisation }) => {
      const [file, line] = positionOf(args.after);
      const found = await db.prisma.$queryRaw<RejectionRow[]>`
        SELECT r.load_id AS "loadId", r.file, r.line, r.document, r.reason, coalesce(f.name, '') AS "fileName"
          FROM load_rejection r LEFT JOIN load_file f
            ON f.organisation_id = r.organisation_id AND f.load_id = r.load_id AND f.file = r.file
         WHERE r.organisation_id = ${organisation}::uuid AND r.load_id = ${id}::uuid AND (r.file, r.line) > (${file}::int, ${line}::int)
         ORDER BY r.file, r.line LIMIT ${pageSize(args) + 1}`;
      return toPage(found, args, (row) => `${row.file}:${row.line}`);
    },
  }),
);

function positionOf(after: string | null | undefined): [number, number] {
  if (after === null || after === undefined) return [0, 0];
  const [, file, line] = /^(\d{1,6}):(\d{1,9})$/.exec(after) ?? [];
  if (file === undefined || line === undefined) throw badCursor();
  return [Number(file), Number(line)];
}
