// A file given twice in one load counts once: its documents would otherwise have every line twice.
import type { ModelTx } from '@stockbook/db';

/** Refuses every staged file of the load whose rows are those of an earlier one, line by line. */
export async function refuseTwins(tx: ModelTx, loadId: string): Promise<void> {
  const twins = await tx.sql.query<{ file: number; twin: string }>(
    `SELECT DISTINCT ON (b.file) b.file, a.name AS twin
       FROM load_file a JOIN load_file b ON b.organisation_id = a.organisation_id AND b.load_id = a.load_id
            AND a.file < b.file AND a.rows = b.rows AND a.bytes = b.bytes
      WHERE a.organisation_id = $1::uuid AND a.load_id = $2::uuid AND a.state = 'staged' AND b.state = 'staged' AND a.rows > 0
        AND NOT EXISTS (SELECT 1 FROM load_row x WHERE x.organisation_id = $1::uuid AND x.load_id = $2::uuid AND x.file = a.file
              AND NOT EXISTS (SELECT 1 FROM load_row y WHERE y.organisation_id = $1::uuid AND y.load_id = $2::uuid
                    AND y.file = b.file AND y.line = x.line AND y.text = x.text))
      ORDER BY b.file, a.file`,
    tx.organisation,
    loadId,
  );
  for (const { file, twin } of twins) {
    await tx.prisma.loadRow.deleteMany({ where: { organisationId: tx.organisation, loadId, file } });
    await tx.prisma.loadFile.update({
      where: { organisationId_loadId_file: { organisationId: tx.organisation, loadId, file } },
      data: {
        state: 'refused',
        rows: 0,
        problem: `It has the same rows as ${twin} and counts once: leave one of them out.`,
      },
    });
  }
}
