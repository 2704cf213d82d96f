-- The parts of an organisation that are saved one by one: groups, menus, queues, and what locations and the enterprise
-- set for all. content: JSON, without the services of a virtual user, which are in settings. name_key: unique for a
-- kind, with the location before it where names are a location's.
CREATE TABLE parts (
    kind TEXT NOT NULL,
    id BIGINT NOT NULL,
    name_key TEXT NOT NULL,
    content TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (kind, id),
    UNIQUE (kind, name_key)
);

-- Every number and extension that is in use, whoever has it. line: the number, or location and extension.
CREATE TABLE lines (
    line TEXT PRIMARY KEY,
    user_id BIGINT NOT NULL
);
CREATE INDEX lines_of_user ON lines (user_id);
INSERT INTO lines (line, user_id) SELECT number, id FROM users WHERE number IS NOT NULL;
INSERT INTO lines (line, user_id)
    SELECT CAST(location_id AS TEXT) || ':' || extension, id FROM users WHERE extension IS NOT NULL;

-- alternates: a JSON list of further numbers.
ALTER TABLE users ADD COLUMN alternates TEXT NOT NULL DEFAULT '[]';

INSERT INTO counters (name, value) SELECT 'users', COALESCE(MAX(id), 0) FROM users;
INSERT INTO counters (name, value) VALUES ('groups', 0);

-- What calls and agents left behind that outlives a restart: states of agents, forced services, messages' marks.
CREATE TABLE kept (
    name TEXT PRIMARY KEY,
    content TEXT NOT NULL
);
