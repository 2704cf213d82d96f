-- hash: over the row and the hash of the one before it, so that a row that is changed, moved or removed shows.
ALTER TABLE events ADD COLUMN hash TEXT NOT NULL DEFAULT '';
-- One row: the hash of the last event; empty: there is none. Null: the events of before have no hashes yet, which they get
-- when the database is opened.
CREATE TABLE event_chain (
    id BIGINT PRIMARY KEY,
    hash TEXT
);
INSERT INTO event_chain (id, hash) VALUES (1, NULL);

-- about: what of the organisation it was about, as `call-center 7`; empty: nothing.
ALTER TABLE security_events ADD COLUMN about TEXT NOT NULL DEFAULT '';
