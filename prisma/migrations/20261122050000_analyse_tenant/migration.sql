-- An organisation that came since a table was last looked at has no rows as far as the planner knows: it then reads all of
-- them by whichever index begins with the organisation, once for each record. The tables in which it has become more than
-- a few rows are looked at again for it, unless others are unknown there too: then the planner reckons with them.
DROP FUNCTION stockbook_analyse();

CREATE FUNCTION stockbook_analyse(tenant uuid DEFAULT NULL) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  t record;
  many boolean;
BEGIN
  FOR t IN
    SELECT * FROM (
      SELECT c.relname, pg_relation_size(c.oid) > greatest(65536, 2 * greatest(c.relpages, 0) * b.size)
             OR pg_stat_get_mod_since_analyze(c.oid) > greatest(1000, c.reltuples) AS changed,
             tenant IS NOT NULL AND s.n_distinct BETWEEN 0 AND cardinality(s.seen) AND tenant <> ALL (s.seen)
             AND (pg_stat_get_mod_since_analyze(c.oid) > 1000 OR pg_relation_size(c.oid) > (c.relpages + 32) * b.size) AS strange
        FROM pg_class c
        CROSS JOIN (SELECT current_setting('block_size')::bigint AS size) b
        LEFT JOIN (SELECT tablename, n_distinct, most_common_vals::text::uuid[] AS seen FROM pg_stats
                    WHERE schemaname = 'public' AND attname = 'organisation_id') s ON s.tablename = c.relname
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r') looked
     WHERE changed OR strange
     ORDER BY relname
  LOOP
    many := t.changed;
    IF NOT many THEN
      EXECUTE format('SELECT count(*) > 1000 FROM (SELECT 1 FROM public.%I WHERE organisation_id = $1 LIMIT 1001) rows', t.relname)
         INTO many USING tenant;
    END IF;
    IF many THEN
      EXECUTE format('ANALYZE public.%I', t.relname);
    END IF;
  END LOOP;
END;
$$;
