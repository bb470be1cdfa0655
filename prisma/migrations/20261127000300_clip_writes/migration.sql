-- What a worker is about to write into the media bucket and has not registered yet (ADR 0030). The row is there before
-- the first object, and goes with the transaction that registers them: one that stays belongs to an attempt that died,
-- and says where its objects lie, whatever has become of the clip.
CREATE TABLE media.clip_writes (
    claim_token UUID         PRIMARY KEY,
    -- No reference: the row outlives a clip that is deleted for good.
    clip_id     VARCHAR(64)  NOT NULL,
    -- The clip's folder in the media bucket, with the slash at its end.
    prefix      VARCHAR(128) NOT NULL,
    begun_at    TIMESTAMPTZ  NOT NULL DEFAULT now()
);

-- For workers alone.
ALTER TABLE media.clip_writes ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON media.clip_writes FROM heartbeat_web;
