-- CreateIndex
CREATE INDEX "event_organisation_id_run_id_id_idx" ON "event"("organisation_id", "run_id", "id");

-- CreateIndex
CREATE INDEX "event_organisation_id_export_id_idx" ON "event"("organisation_id", "export_id");
