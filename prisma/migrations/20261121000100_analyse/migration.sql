-- Fresh tables have no statistics, and a plan made for an empty table reads a full one from end to end. The application owns
-- nothing and may not ANALYZE, so the owner lends it this: tables that have doubled or changed as a whole since they were
-- last looked at are looked at again, which also makes every session plan its statements on them anew.
CREATE FUNCTION stockbook_analyse() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  t text;
BEGIN
  FOR t IN
    SELECT relname FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
       AND (pg_relation_size(oid) > greatest(65536, 2 * greatest(relpages, 0) * current_setting('block_size')::bigint)
            OR pg_stat_get_mod_since_analyze(oid) > greatest(1000, reltuples))
     ORDER BY relname
  LOOP
    EXECUTE format('ANALYZE public.%I', t);
  END LOOP;
END;
$$;
