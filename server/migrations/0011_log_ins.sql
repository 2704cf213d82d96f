-- Log-ins that failed, by login and source: an address, or 'browser:' and the beginning of a browser's hash. login_key:
-- the login in lower case, whether somebody has it or not. until: no try before it, in milliseconds.
CREATE TABLE log_in_failures (
    login_key TEXT NOT NULL,
    source TEXT NOT NULL,
    failures BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (login_key, source)
);
CREATE INDEX log_in_failures_by_age ON log_in_failures (last_at);

-- Browsers in which an account was logged in. token_hash: of the token in their cookie, in hexadecimal.
CREATE TABLE browsers (
    token_hash TEXT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (token_hash, account_id)
);
CREATE INDEX browsers_of_account ON browsers (account_id, seen_at);

-- Failed log-ins are in their own table now; those of mailboxes stay.
DELETE FROM failures WHERE key NOT LIKE 'mailbox:%';
