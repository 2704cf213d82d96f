-- sealed_secret: the password of a phone, sealed under the key file; secret is empty then. A server that starts seals those
-- that are not.
ALTER TABLE devices ADD COLUMN sealed_secret TEXT;
-- How often the password of a phone was renewed: whoever keeps them in memory reads them again.
INSERT INTO counters (name, value) VALUES ('phones', 0);

-- Passwords that the server itself gives to others. id: 1 of the server that takes mails, 2 of the line outside.
CREATE TABLE secrets (
    id BIGINT PRIMARY KEY,
    sealed TEXT NOT NULL
);
