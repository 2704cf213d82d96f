-- Who logged in, was refused, changed a password…: never with secrets. account: `user-7` or `admin-2`, none for a login
-- that nobody has. by_name: who did it, when it was somebody else. count: so often in one hour, of what floods.
CREATE TABLE security_events (
    id BIGINT PRIMARY KEY,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    count BIGINT NOT NULL,
    account TEXT,
    login TEXT NOT NULL,
    by_name TEXT NOT NULL,
    address TEXT NOT NULL
);
CREATE INDEX security_events_alike ON security_events (login, kind, address, at);
CREATE INDEX security_events_by_age ON security_events (at);
INSERT INTO counters (name, value) VALUES ('security_events', 0);
