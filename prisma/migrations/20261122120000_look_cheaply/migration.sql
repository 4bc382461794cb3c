-- What the planner knows of an organisation is read for those tables alone that have grown: reading it of all of them cost
-- more than all that a run's looks found to do.
CREATE OR REPLACE FUNCTION stockbook_analyse(tenant uuid DEFAULT NULL) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  t record;
  wanted boolean;
BEGIN
  FOR t IN
    SELECT * FROM (
      SELECT c.relname, size > greatest(65536, 2 * greatest(c.relpages, 0) * block) OR written > greatest(1000, c.reltuples) AS changed,
             tenant IS NOT NULL AND (written > 1000 OR size > (c.relpages + 32) * block) AS grown
        FROM pg_class c
        CROSS JOIN LATERAL (SELECT current_setting('block_size')::bigint AS block, pg_relation_size(c.oid) AS size,
                                   pg_stat_get_mod_since_analyze(c.oid) AS written) now
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r') looked
     WHERE changed OR grown
     ORDER BY relname
  LOOP
    wanted := t.changed;
    IF NOT wanted THEN
      -- Strange to the planner, who has seen all organisations of the table and not this one.
      SELECT s.n_distinct BETWEEN 0 AND cardinality(s.seen) AND tenant <> ALL (s.seen) INTO wanted
        FROM (SELECT n_distinct, most_common_vals::text::uuid[] AS seen FROM pg_stats
               WHERE schemaname = 'public' AND tablename = t.relname AND attname = 'organisation_id') s;
      IF wanted THEN
        EXECUTE format('SELECT count(*) > 1000 FROM (SELECT 1 FROM public.%I WHERE organisation_id = $1 LIMIT 1001) rows', t.relname)
           INTO wanted USING tenant;
      END IF;
    END IF;
    IF wanted THEN
      EXECUTE format('ANALYZE public.%I', t.relname);
    END IF;
  END LOOP;
END;
$$;
