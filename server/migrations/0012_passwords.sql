-- blocked_at: since when nobody may log in with the account, whatever the password.
ALTER TABLE accounts ADD COLUMN blocked_at BIGINT;

-- created_at: a session ends so long after it, however much it is used. address and browser: of the last request, for the
-- list of one's own sessions. Sessions of before have no age: they end.
DELETE FROM sessions;
ALTER TABLE sessions ADD COLUMN created_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN seen_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN browser TEXT NOT NULL DEFAULT '';
CREATE INDEX sessions_of_account ON sessions (account_id);

-- Links by which a password is chosen once. token_hash: of the token in the link, in hexadecimal.
CREATE TABLE password_resets (
    account_id BIGINT PRIMARY KEY REFERENCES accounts (id),
    token_hash TEXT NOT NULL UNIQUE,
    expires_at BIGINT NOT NULL
);

-- seed: sealed under the key file. confirmed_at: null until a code was shown to be right. last_step: the last period of
-- 30 seconds whose code was taken; none up to it is taken again.
CREATE TABLE second_factors (
    account_id BIGINT PRIMARY KEY REFERENCES accounts (id),
    seed TEXT NOT NULL,
    confirmed_at BIGINT,
    last_step BIGINT NOT NULL
);

-- Codes that each work once. code_hash: SHA-256 of 80 random bits, in hexadecimal.
CREATE TABLE recovery_codes (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    code_hash TEXT NOT NULL,
    PRIMARY KEY (account_id, code_hash)
);

-- What holds for all log-ins; one row.
CREATE TABLE log_in_policy (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL,
    admins_need_second_factor BIGINT NOT NULL
);
INSERT INTO log_in_policy (id, version, admins_need_second_factor) VALUES (1, 0, 0);
