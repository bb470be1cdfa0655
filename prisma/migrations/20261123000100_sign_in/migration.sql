-- Counters of sign-in attempts, in the shape that rate-limiter-flexible writes: shared by every process, kept over restarts.
-- Keys are hashes of address and account; `expire` is in milliseconds since 1970.
CREATE TABLE media.sign_in_attempts (
    key    VARCHAR(255) PRIMARY KEY,
    points INTEGER      NOT NULL DEFAULT 0,
    expire BIGINT
);

CREATE INDEX ix_sign_in_attempts_expire ON media.sign_in_attempts (expire);

-- Who somebody is at an OpenID Connect provider: the issuer's URL and the subject that it never gives to anyone else.
CREATE TABLE media.user_identities (
    provider        VARCHAR(255) NOT NULL,
    subject         VARCHAR(255) NOT NULL,
    user_id         UUID         NOT NULL REFERENCES media.users (id) ON DELETE CASCADE,
    created_at      TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    last_sign_in_at TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (provider, subject),
    -- One person, one identity a provider: an address that the provider gave to somebody else opens no account.
    CONSTRAINT uq_user_identity UNIQUE (user_id, provider)
);
