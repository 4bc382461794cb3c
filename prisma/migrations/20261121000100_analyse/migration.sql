-- Fresh tables have no statistics, and a plan made for an empty table reads a full one from end to end. The application owns
-- nothing and may not ANALYZE, so the owner lends it this. ANALYZE also makes every session plan its statements anew.
CREATE FUNCTION stockbook_analyse() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  t text;
BEGIN
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename LOOP
    EXECUTE format('ANALYZE public.%I', t);
  END LOOP;
END;
$$;
