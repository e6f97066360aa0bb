-- The calendar reads the days that it shows, however many posts wait for others.
CREATE INDEX "posts_user_id_scheduled_at_id_idx" ON "posts"("user_id", "scheduled_at", "id")
  WHERE "scheduled_at" IS NOT NULL AND "status" <> 'cancelled';
