-- Voicemail passcodes: argon2id hashes. recent: a JSON list, the newest first, with the one in use among them as long as
-- hash is not null. Not part of the organisation, so no export has them.
CREATE TABLE passcodes (
    user_id BIGINT PRIMARY KEY,
    hash TEXT,
    recent TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
