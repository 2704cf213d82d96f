-- What calls were to those who had part in them, persons and virtual users. content: JSON.
CREATE TABLE calls (
    user_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (user_id, at, id)
);
-- What is too old is found by its age.
CREATE INDEX calls_by_age ON calls (at);
INSERT INTO counters (name, value) VALUES ('calls', 0);
