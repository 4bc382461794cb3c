// What only the holder of a right may do, as the database sees it: whoever writes holds the lease, what goes is kept as sending, and each refresh was allowed.
import type pg from 'pg';

/** Judged are the connections that bear the name of a simulation's worker, which is the one that its lease shows. */
const judged = 'worker %';

/** Notes on this database whatever is done without the right to it. */
export async function noteRights(owner: pg.Pool): Promise<void> {
  await owner.query(`
    CREATE TABLE trespass (organisation_id uuid NOT NULL, words text NOT NULL);
    CREATE INDEX ON trespass (organisation_id);
    CREATE TABLE refresh_right (organisation_id uuid NOT NULL);
    CREATE INDEX ON refresh_right (organisation_id);
    ${noted(
      'writer',
      `DECLARE who text := current_setting('application_name'); holder text;
       BEGIN
         IF who NOT LIKE '${judged}' THEN RETURN NULL; END IF;
         SELECT coalesce(lease_owner, 'nobody') INTO holder FROM connection WHERE organisation_id = NEW.organisation_id;
         IF holder <> who THEN
           INSERT INTO trespass VALUES (NEW.organisation_id, format('F2 %s wrote an %s while %s held the lease', who, TG_TABLE_NAME, holder));
         END IF;`,
    )}
    CREATE TRIGGER note_writer AFTER INSERT OR UPDATE ON export FOR EACH ROW EXECUTE FUNCTION note_writer();
    CREATE TRIGGER note_writer AFTER INSERT OR UPDATE ON attempt FOR EACH ROW EXECUTE FUNCTION note_writer();
    ${noted(
      'intent',
      `BEGIN
         IF NOT EXISTS (SELECT 1 FROM export WHERE organisation_id = NEW.organisation_id AND id = NEW.export_id AND state = 'sending') THEN
           INSERT INTO trespass VALUES (NEW.organisation_id, 'I1 a call goes out of an export that is not kept as sending');
         END IF;`,
    )}
    CREATE TRIGGER note_intent AFTER INSERT ON attempt FOR EACH ROW WHEN (NEW.kind = 'send') EXECUTE FUNCTION note_intent();
    ${noted(
      'early',
      `BEGIN
         IF OLD.lease_until >= stockbook_now() THEN
           INSERT INTO trespass VALUES (NEW.organisation_id, format('F23 %s took the lease of %s, which had not lapsed', NEW.lease_owner, OLD.lease_owner));
         END IF;`,
    )}
    CREATE TRIGGER note_early AFTER UPDATE OF lease_token ON connection FOR EACH ROW
      WHEN (NEW.lease_token > OLD.lease_token) EXECUTE FUNCTION note_early();
    ${noted('refresh', 'BEGIN INSERT INTO refresh_right VALUES (NEW.organisation_id);')}
    CREATE TRIGGER note_refresh AFTER UPDATE OF refreshing_until ON connection FOR EACH ROW
      WHEN (NEW.refreshing_until IS NOT NULL AND NEW.refreshing_until IS DISTINCT FROM OLD.refreshing_until)
      EXECUTE FUNCTION note_refresh();`);
}

function noted(name: string, text: string): string {
  return `CREATE FUNCTION note_${name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    ${text} RETURN NULL; END $$;`;
}

/** What was done without the right to it; `refreshes` are those that the workers asked Xero for. */
export async function findTrespasses(
  owner: pg.Pool,
  organisation: string,
  refreshes: number,
): Promise<string[]> {
  const of = [organisation];
  const found = 'SELECT DISTINCT words FROM trespass WHERE organisation_id = $1';
  const { rows } = await owner.query<{ words: string }>(found, of);
  const given = 'SELECT count(*)::int AS rights FROM refresh_right WHERE organisation_id = $1';
  const rights = (await owner.query<{ rights: number }>(given, of)).rows[0]?.rights ?? 0;
  const told = rows.map(({ words }) => words);
  // A right that nobody used died with its worker.
  return refreshes > rights
    ? [...told, `F13 ${refreshes} refreshes, and the right to ${rights} of them`]
    : told;
}
