-- Whose name an organization was given without anybody choosing it.
ALTER TABLE "organizations" ADD COLUMN "named_after_id" UUID;

-- A chosen name is in the log. Without that, the name is the one of the person for whom the organization was made.
UPDATE "organizations" AS o SET "named_after_id" = (
    SELECT m."user_id" FROM "memberships" AS m
    WHERE m."organization_id" = o."id" AND m."role" = 'owner'
    ORDER BY m."created_at", m."user_id" LIMIT 1
)
WHERE o."deleted_at" IS NULL AND NOT EXISTS (
    SELECT 1 FROM "audit_events" AS e
    WHERE e."owner_id" = o."id" AND e."action" IN ('organization.created', 'organization.renamed')
);

CREATE INDEX "organizations_named_after_id_idx" ON "organizations"("named_after_id");
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_named_after_id_fkey" FOREIGN KEY ("named_after_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;
