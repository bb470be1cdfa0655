-- A deleted master lies in the trash until somebody deletes it for good: recordings are never thrown away by the clock
-- (ADR 41).
ALTER TABLE media.masters
    ADD COLUMN deleted_at TIMESTAMPTZ,
    ADD COLUMN deleted_by UUID;
