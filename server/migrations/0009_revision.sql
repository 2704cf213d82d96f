-- The organisation has a revision: the last event, and how often it changed without one ('whole': an import, a new
-- administrator). Servers ask for it, and read again what they do not know yet.
INSERT INTO counters (name, value) VALUES ('whole', 0);

-- One row that is written to see whether a save would work. filler: as much as a save writes.
CREATE TABLE health (
    id BIGINT PRIMARY KEY,
    tries BIGINT NOT NULL,
    filler TEXT NOT NULL
);
INSERT INTO health (id, tries, filler) VALUES (1, 0, '');
