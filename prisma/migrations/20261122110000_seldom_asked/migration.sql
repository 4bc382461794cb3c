-- What nothing is looked up, sorted or grouped by needs no statistics: texts, payloads and amounts are sorted in vain whenever
-- a table is looked at, and a run has that done while it fills them.
ALTER TABLE "mapping" ALTER "agreed" SET STATISTICS 0, ALTER "hash" SET STATISTICS 0, ALTER "theirs" SET STATISTICS 0,
  ALTER "theirs_at" SET STATISTICS 0, ALTER "updated_at" SET STATISTICS 0;
ALTER TABLE "export" ALTER "body" SET STATISTICS 0, ALTER "hash" SET STATISTICS 0, ALTER "key" SET STATISTICS 0;
ALTER TABLE "attempt" ALTER "message" SET STATISTICS 0, ALTER "answer" SET STATISTICS 0;
ALTER TABLE "change" ALTER "reason" SET STATISTICS 0, ALTER "created_at" SET STATISTICS 0;
ALTER TABLE "event" ALTER "text" SET STATISTICS 0, ALTER "data" SET STATISTICS 0;
ALTER TABLE "record" ALTER "problem" SET STATISTICS 0, ALTER "total" SET STATISTICS 0, ALTER "no_export_reason" SET STATISTICS 0,
  ALTER "no_import_reason" SET STATISTICS 0;
ALTER TABLE "stock_movement" ALTER "quantity" SET STATISTICS 0;
ALTER TABLE "invoice" ALTER "reference" SET STATISTICS 0, ALTER "sub_total" SET STATISTICS 0, ALTER "total_tax" SET STATISTICS 0,
  ALTER "total" SET STATISTICS 0, ALTER "source_hash" SET STATISTICS 0, ALTER "created_at" SET STATISTICS 0,
  ALTER "updated_at" SET STATISTICS 0;
ALTER TABLE "credit_note" ALTER "reference" SET STATISTICS 0, ALTER "sub_total" SET STATISTICS 0,
  ALTER "total_tax" SET STATISTICS 0, ALTER "total" SET STATISTICS 0, ALTER "source_hash" SET STATISTICS 0,
  ALTER "created_at" SET STATISTICS 0, ALTER "updated_at" SET STATISTICS 0;
ALTER TABLE "invoice_line" ALTER "description" SET STATISTICS 0, ALTER "quantity" SET STATISTICS 0,
  ALTER "unit_price" SET STATISTICS 0, ALTER "tax_rate" SET STATISTICS 0, ALTER "net" SET STATISTICS 0, ALTER "tax" SET STATISTICS 0;
ALTER TABLE "credit_note_line" ALTER "description" SET STATISTICS 0, ALTER "quantity" SET STATISTICS 0,
  ALTER "unit_price" SET STATISTICS 0, ALTER "tax_rate" SET STATISTICS 0, ALTER "net" SET STATISTICS 0, ALTER "tax" SET STATISTICS 0;
