-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "ledger_account" (
    "organisation_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "code" TEXT,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "class" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "tax_type" TEXT,
    "system_account" TEXT,
    "payments_on" BOOLEAN NOT NULL DEFAULT false,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_account_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "nature" (
    "organisation_id" UUID NOT NULL,
    "nature" TEXT NOT NULL,
    "account_id" UUID,
    "chosen_by" TEXT NOT NULL,

    CONSTRAINT "nature_pkey" PRIMARY KEY ("organisation_id","nature")
);

-- CreateTable
CREATE TABLE "contact" (
    "organisation_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "country" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "credit_note" (
    "organisation_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "contact_id" UUID NOT NULL,
    "date" DATE NOT NULL,
    "currency" TEXT NOT NULL,
    "reference" TEXT,
    "status" TEXT NOT NULL DEFAULT 'authorised',
    "sub_total" DECIMAL(18,2) NOT NULL,
    "total_tax" DECIMAL(18,2) NOT NULL,
    "total" DECIMAL(18,2) NOT NULL,
    "source_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credit_note_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "credit_note_line" (
    "organisation_id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "item_id" UUID,
    "description" TEXT NOT NULL,
    "quantity" DECIMAL(18,4) NOT NULL,
    "unit_price" DECIMAL(18,4) NOT NULL,
    "nature" TEXT NOT NULL,
    "treatment" TEXT NOT NULL,
    "tax_rate" DECIMAL(9,4) NOT NULL,
    "net" DECIMAL(18,2) NOT NULL,
    "tax" DECIMAL(18,2) NOT NULL,

    CONSTRAINT "credit_note_line_pkey" PRIMARY KEY ("organisation_id","document_id","position")
);

-- CreateTable
CREATE TABLE "invoice" (
    "organisation_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "contact_id" UUID NOT NULL,
    "date" DATE NOT NULL,
    "due_date" DATE NOT NULL,
    "currency" TEXT NOT NULL,
    "reference" TEXT,
    "status" TEXT NOT NULL DEFAULT 'authorised',
    "sub_total" DECIMAL(18,2) NOT NULL,
    "total_tax" DECIMAL(18,2) NOT NULL,
    "total" DECIMAL(18,2) NOT NULL,
    "source_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invoice_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "invoice_line" (
    "organisation_id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "item_id" UUID,
    "description" TEXT NOT NULL,
    "quantity" DECIMAL(18,4) NOT NULL,
    "unit_price" DECIMAL(18,4) NOT NULL,
    "nature" TEXT NOT NULL,
    "treatment" TEXT NOT NULL,
    "tax_rate" DECIMAL(9,4) NOT NULL,
    "net" DECIMAL(18,2) NOT NULL,
    "tax" DECIMAL(18,2) NOT NULL,

    CONSTRAINT "invoice_line_pkey" PRIMARY KEY ("organisation_id","document_id","position")
);

-- CreateTable
CREATE TABLE "item" (
    "organisation_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_source" TEXT NOT NULL DEFAULT 'person',
    "description" TEXT,
    "kind" TEXT NOT NULL DEFAULT 'goods',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "item_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "stock_movement" (
    "organisation_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "location" TEXT NOT NULL,
    "quantity" DECIMAL(18,4) NOT NULL,
    "date" DATE NOT NULL,
    "entity" TEXT NOT NULL,
    "record_id" UUID NOT NULL,

    CONSTRAINT "stock_movement_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "stock_level" (
    "organisation_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "location" TEXT NOT NULL,
    "quantity" DECIMAL(18,4) NOT NULL,

    CONSTRAINT "stock_level_pkey" PRIMARY KEY ("organisation_id","item_id","location")
);

-- CreateTable
CREATE TABLE "load" (
    "organisation_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "template" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "file_count" INTEGER NOT NULL,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "documents" INTEGER NOT NULL DEFAULT 0,
    "position" INTEGER NOT NULL DEFAULT 0,
    "imported" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "rows_imported" INTEGER NOT NULL DEFAULT 0,
    "rows_unchanged" INTEGER NOT NULL DEFAULT 0,
    "rows_rejected" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "worker" TEXT,
    "worker_until" TIMESTAMPTZ(3),

    CONSTRAINT "load_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "load_file" (
    "organisation_id" UUID NOT NULL,
    "load_id" UUID NOT NULL,
    "file" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "problem" TEXT,

    CONSTRAINT "load_file_pkey" PRIMARY KEY ("organisation_id","load_id","file")
);

-- CreateTable
CREATE TABLE "load_row" (
    "organisation_id" UUID NOT NULL,
    "load_id" UUID NOT NULL,
    "file" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "load_row_pkey" PRIMARY KEY ("organisation_id","load_id","file","line")
);

-- CreateTable
CREATE TABLE "load_document" (
    "organisation_id" UUID NOT NULL,
    "load_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "document" TEXT NOT NULL,

    CONSTRAINT "load_document_pkey" PRIMARY KEY ("organisation_id","load_id","position")
);

-- CreateTable
CREATE TABLE "load_rejection" (
    "organisation_id" UUID NOT NULL,
    "load_id" UUID NOT NULL,
    "file" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "load_rejection_pkey" PRIMARY KEY ("organisation_id","load_id","file","line")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_session" (
    "id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "token" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "person_id" UUID NOT NULL,
    "active_organisation_id" UUID,

    CONSTRAINT "person_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_sign_in" (
    "id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_sign_in_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organisation" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "logo" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "metadata" TEXT,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "role" TEXT NOT NULL DEFAULT 'member',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "inviter_id" UUID NOT NULL,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_rate" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "last_request" BIGINT NOT NULL,

    CONSTRAINT "sign_in_rate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "organisation_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "created_by" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "start" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "record" (
    "organisation_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "entity" TEXT NOT NULL,
    "number" TEXT,
    "title" TEXT NOT NULL,
    "date" DATE,
    "total" DECIMAL(18,2),
    "currency" TEXT,
    "status" TEXT NOT NULL,
    "sync_state" TEXT NOT NULL,
    "problem" TEXT,
    "xero_id" UUID,
    "accounting_code" TEXT,
    "last_export_at" TIMESTAMPTZ(3),
    "last_import_at" TIMESTAMPTZ(3),
    "no_export" BOOLEAN NOT NULL DEFAULT false,
    "no_export_reason" TEXT,
    "no_import" BOOLEAN NOT NULL DEFAULT false,
    "no_import_reason" TEXT,

    CONSTRAINT "record_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "stock_adjustment" (
    "organisation_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "reason" TEXT,
    "status" TEXT NOT NULL DEFAULT 'done',
    "source_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stock_adjustment_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "stock_adjustment_line" (
    "organisation_id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "item_id" UUID NOT NULL,
    "quantity" DECIMAL(18,4) NOT NULL,

    CONSTRAINT "stock_adjustment_line_pkey" PRIMARY KEY ("organisation_id","document_id","position")
);

-- CreateTable
CREATE TABLE "connection" (
    "organisation_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'none',
    "problem" TEXT,
    "tenant_id" TEXT,
    "tenant_name" TEXT,
    "connection_id" TEXT,
    "country" TEXT,
    "currency" TEXT,
    "time_zone" TEXT,
    "connected_by" TEXT,
    "connected_at" TIMESTAMPTZ(3),
    "scopes" TEXT,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "token_expires_at" TIMESTAMPTZ(3),
    "token_version" INTEGER NOT NULL DEFAULT 0,
    "refreshing_until" TIMESTAMPTZ(3),
    "tenants" TEXT,
    "auto_sync" BOOLEAN NOT NULL DEFAULT false,
    "lease_token" BIGINT NOT NULL DEFAULT 0,
    "lease_owner" TEXT,
    "lease_run_id" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "left_this_minute" INTEGER,
    "left_today" INTEGER,
    "budget_at" TIMESTAMPTZ(3),
    "closed_until" TIMESTAMPTZ(3),

    CONSTRAINT "connection_pkey" PRIMARY KEY ("organisation_id")
);

-- CreateTable
CREATE TABLE "consent" (
    "state" TEXT NOT NULL,
    "organisation_id" UUID NOT NULL,
    "actor" TEXT NOT NULL,
    "verifier" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("state")
);

-- CreateTable
CREATE TABLE "counter" (
    "organisation_id" UUID NOT NULL,
    "number" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "counter_pkey" PRIMARY KEY ("organisation_id")
);

-- CreateTable
CREATE TABLE "water_mark" (
    "organisation_id" UUID NOT NULL,
    "entity" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "number" BIGINT NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "water_mark_pkey" PRIMARY KEY ("organisation_id","entity","action")
);

-- CreateTable
CREATE TABLE "change" (
    "organisation_id" UUID NOT NULL,
    "number" BIGINT NOT NULL,
    "entity" TEXT NOT NULL,
    "record_id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "held" TEXT,
    "reason" TEXT,
    "urgent" BOOLEAN NOT NULL DEFAULT false,
    "export_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "change_pkey" PRIMARY KEY ("organisation_id","number")
);

-- CreateTable
CREATE TABLE "run" (
    "organisation_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "started_by" TEXT NOT NULL,
    "snapshot" BIGINT,
    "reason" TEXT,
    "parked_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "calls" INTEGER NOT NULL DEFAULT 0,
    "reads" INTEGER NOT NULL DEFAULT 0,
    "throttled" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "run_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "run_total" (
    "organisation_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "entity" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "sent" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "held" INTEGER NOT NULL DEFAULT 0,
    "creates" INTEGER NOT NULL DEFAULT 0,
    "updates" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "run_total_pkey" PRIMARY KEY ("organisation_id","run_id","entity")
);

-- CreateTable
CREATE TABLE "export" (
    "organisation_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "entity" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "unknown" BOOLEAN NOT NULL DEFAULT false,
    "key" TEXT NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "body" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "first_sent_at" TIMESTAMPTZ(3),
    "not_before" TIMESTAMPTZ(3),
    "looks" INTEGER NOT NULL DEFAULT 0,
    "looked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "export_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "attempt" (
    "organisation_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "export_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "status" INTEGER,
    "message" TEXT,
    "answer" TEXT,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "mapping" (
    "organisation_id" UUID NOT NULL,
    "record_id" UUID NOT NULL,
    "entity" TEXT NOT NULL,
    "xero_id" UUID NOT NULL,
    "agreed" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mapping_pkey" PRIMARY KEY ("organisation_id","record_id")
);

-- CreateTable
CREATE TABLE "cursor" (
    "organisation_id" UUID NOT NULL,
    "entity" TEXT NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cursor_pkey" PRIMARY KEY ("organisation_id","entity")
);

-- CreateTable
CREATE TABLE "event" (
    "organisation_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "entity" TEXT,
    "run_id" UUID,
    "export_id" UUID,
    "load_id" UUID,
    "records" UUID[],
    "text" TEXT NOT NULL,
    "data" TEXT,

    CONSTRAINT "event_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "bell" (
    "organisation_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bell_pkey" PRIMARY KEY ("organisation_id","person_id")
);

-- CreateTable
CREATE TABLE "clock" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "real_at" TIMESTAMPTZ(3) NOT NULL,
    "simulated_at" TIMESTAMPTZ(3) NOT NULL,
    "scale" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "clock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tax_rate" (
    "organisation_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "tax_type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "rate" DECIMAL(9,4) NOT NULL,
    "status" TEXT NOT NULL,
    "on_revenue" BOOLEAN NOT NULL,
    "on_expenses" BOOLEAN NOT NULL,
    "on_assets" BOOLEAN NOT NULL,
    "on_liabilities" BOOLEAN NOT NULL,
    "on_equity" BOOLEAN NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tax_rate_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "treatment" (
    "organisation_id" UUID NOT NULL,
    "treatment" TEXT NOT NULL,
    "rate" DECIMAL(9,4) NOT NULL,
    "tax_type" TEXT,
    "chosen_by" TEXT NOT NULL,

    CONSTRAINT "treatment_pkey" PRIMARY KEY ("organisation_id","treatment")
);

-- CreateIndex
CREATE INDEX "ledger_account_organisation_id_code_idx" ON "ledger_account"("organisation_id", "code");

-- CreateIndex
CREATE INDEX "contact_organisation_id_name_idx" ON "contact"("organisation_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "contact_organisation_id_number_key" ON "contact"("organisation_id", "number");

-- CreateIndex
CREATE INDEX "credit_note_organisation_id_contact_id_idx" ON "credit_note"("organisation_id", "contact_id");

-- CreateIndex
CREATE UNIQUE INDEX "credit_note_organisation_id_number_key" ON "credit_note"("organisation_id", "number");

-- CreateIndex
CREATE INDEX "credit_note_line_organisation_id_item_id_idx" ON "credit_note_line"("organisation_id", "item_id");

-- CreateIndex
CREATE INDEX "invoice_organisation_id_contact_id_idx" ON "invoice"("organisation_id", "contact_id");

-- CreateIndex
CREATE UNIQUE INDEX "invoice_organisation_id_number_key" ON "invoice"("organisation_id", "number");

-- CreateIndex
CREATE INDEX "invoice_line_organisation_id_item_id_idx" ON "invoice_line"("organisation_id", "item_id");

-- CreateIndex
CREATE UNIQUE INDEX "item_organisation_id_code_key" ON "item"("organisation_id", "code");

-- CreateIndex
CREATE INDEX "stock_movement_organisation_id_item_id_id_idx" ON "stock_movement"("organisation_id", "item_id", "id");

-- CreateIndex
CREATE INDEX "stock_movement_organisation_id_record_id_idx" ON "stock_movement"("organisation_id", "record_id");

-- CreateIndex
CREATE INDEX "load_organisation_id_state_idx" ON "load"("organisation_id", "state");

-- CreateIndex
CREATE INDEX "load_row_organisation_id_load_id_document_idx" ON "load_row"("organisation_id", "load_id", "document");

-- CreateIndex
CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

-- CreateIndex
CREATE UNIQUE INDEX "person_session_token_key" ON "person_session"("token");

-- CreateIndex
CREATE INDEX "person_session_person_id_idx" ON "person_session"("person_id");

-- CreateIndex
CREATE INDEX "person_sign_in_person_id_idx" ON "person_sign_in"("person_id");

-- CreateIndex
CREATE INDEX "person_verification_identifier_idx" ON "person_verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "organisation_slug_key" ON "organisation"("slug");

-- CreateIndex
CREATE INDEX "member_person_id_idx" ON "member"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "member_organisation_id_person_id_key" ON "member"("organisation_id", "person_id");

-- CreateIndex
CREATE INDEX "invitation_organisation_id_idx" ON "invitation"("organisation_id");

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_rate_key_key" ON "sign_in_rate"("key");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "record_organisation_id_entity_number_id_idx" ON "record"("organisation_id", "entity", "number", "id");

-- CreateIndex
CREATE INDEX "record_organisation_id_entity_date_id_idx" ON "record"("organisation_id", "entity", "date", "id");

-- CreateIndex
CREATE INDEX "record_organisation_id_entity_title_id_idx" ON "record"("organisation_id", "entity", "title", "id");

-- CreateIndex
CREATE INDEX "record_organisation_id_entity_last_export_at_id_idx" ON "record"("organisation_id", "entity", "last_export_at", "id");

-- CreateIndex
CREATE INDEX "record_organisation_id_entity_accounting_code_id_idx" ON "record"("organisation_id", "entity", "accounting_code", "id");

-- CreateIndex
CREATE UNIQUE INDEX "stock_adjustment_organisation_id_number_key" ON "stock_adjustment"("organisation_id", "number");

-- CreateIndex
CREATE INDEX "stock_adjustment_line_organisation_id_item_id_idx" ON "stock_adjustment_line"("organisation_id", "item_id");

-- CreateIndex
CREATE INDEX "consent_organisation_id_idx" ON "consent"("organisation_id");

-- CreateIndex
CREATE INDEX "change_organisation_id_record_id_number_idx" ON "change"("organisation_id", "record_id", "number");

-- CreateIndex
CREATE INDEX "change_organisation_id_export_id_idx" ON "change"("organisation_id", "export_id");

-- CreateIndex
CREATE INDEX "export_organisation_id_run_id_id_idx" ON "export"("organisation_id", "run_id", "id");

-- CreateIndex
CREATE INDEX "attempt_organisation_id_export_id_id_idx" ON "attempt"("organisation_id", "export_id", "id");

-- CreateIndex
CREATE INDEX "mapping_organisation_id_entity_xero_id_idx" ON "mapping"("organisation_id", "entity", "xero_id");

-- CreateIndex
CREATE INDEX "event_records_idx" ON "event" USING GIN ("records");

-- CreateIndex
CREATE UNIQUE INDEX "tax_rate_organisation_id_tax_type_key" ON "tax_rate"("organisation_id", "tax_type");

-- AddForeignKey
ALTER TABLE "credit_note_line" ADD CONSTRAINT "credit_note_line_organisation_id_document_id_fkey" FOREIGN KEY ("organisation_id", "document_id") REFERENCES "credit_note"("organisation_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoice_line" ADD CONSTRAINT "invoice_line_organisation_id_document_id_fkey" FOREIGN KEY ("organisation_id", "document_id") REFERENCES "invoice"("organisation_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_session" ADD CONSTRAINT "person_session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_sign_in" ADD CONSTRAINT "person_sign_in_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_inviter_id_fkey" FOREIGN KEY ("inviter_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stock_adjustment_line" ADD CONSTRAINT "stock_adjustment_line_organisation_id_document_id_fkey" FOREIGN KEY ("organisation_id", "document_id") REFERENCES "stock_adjustment"("organisation_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_total" ADD CONSTRAINT "run_total_organisation_id_run_id_fkey" FOREIGN KEY ("organisation_id", "run_id") REFERENCES "run"("organisation_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Lists are updated in place at each export: leave room on the page.
ALTER TABLE "record" SET (fillfactor = 80);
ALTER TABLE "change" SET (fillfactor = 80);

-- What may be claimed, and nothing else, so that a claim costs the same at any backlog.
CREATE INDEX "change_claimable" ON "change" ("organisation_id", "entity", "action", "number") WHERE "state" = 'pending' AND "held" IS NULL;
-- What a person sees as waiting, held or failed.
CREATE INDEX "change_open" ON "change" ("organisation_id", "state", "number") WHERE "state" IN ('pending', 'claimed', 'rejected');
CREATE INDEX "change_held" ON "change" ("organisation_id", "held", "number") WHERE "state" = 'pending' AND "held" IS NOT NULL;
-- One active run of an organisation.
CREATE UNIQUE INDEX "run_active" ON "run" ("organisation_id") WHERE "state" IN ('waiting', 'running', 'parked');
CREATE INDEX "export_open" ON "export" ("organisation_id", "id") WHERE "state" IN ('prepared', 'sending', 'retrying');

-- The one clock. STABLE and not inlined, so that an index can be used with it.
CREATE FUNCTION stockbook_now() RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
DECLARE
  c "clock"%ROWTYPE;
BEGIN
  SELECT * INTO c FROM "clock" LIMIT 1;
  IF NOT FOUND THEN
    RETURN clock_timestamp();
  END IF;
  RETURN c."simulated_at" + (clock_timestamp() - c."real_at") * c."scale";
END;
$$;
