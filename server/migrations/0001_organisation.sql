-- TEXT and BIGINT only, so that SQLite and PostgreSQL read the same file. Times are milliseconds since 1970 UTC.

CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES ('accounts', 0), ('admins', 0), ('events', 0), ('schedules', 0);

CREATE TABLE enterprise (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL
);

-- services: a JSON list of service ids.
CREATE TABLE service_packs (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    licences BIGINT NOT NULL,
    services TEXT NOT NULL
);

-- numbers: a JSON list of ranges.
CREATE TABLE locations (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    zone TEXT NOT NULL,
    prefix TEXT NOT NULL,
    numbers TEXT NOT NULL
);

CREATE TABLE departments (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    location_id BIGINT NOT NULL REFERENCES locations (id),
    parent_id BIGINT REFERENCES departments (id)
);

-- scope_id: the location or the department, by the level.
CREATE TABLE admins (
    id BIGINT PRIMARY KEY,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    email TEXT NOT NULL,
    scope_level TEXT NOT NULL,
    scope_id BIGINT
);

-- packs: a JSON list of service packs.
CREATE TABLE users (
    id BIGINT PRIMARY KEY,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    email TEXT NOT NULL,
    profile TEXT NOT NULL,
    location_id BIGINT NOT NULL REFERENCES locations (id),
    department_id BIGINT REFERENCES departments (id),
    number TEXT UNIQUE,
    extension TEXT,
    mobile TEXT,
    packs TEXT NOT NULL,
    UNIQUE (location_id, extension)
);

CREATE TABLE devices (
    id BIGINT PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id),
    place BIGINT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    account TEXT NOT NULL UNIQUE,
    secret TEXT NOT NULL
);
CREATE INDEX devices_of_user ON devices (user_id);

-- login_key: the login in lower case, by which it is looked up.
CREATE TABLE accounts (
    id BIGINT PRIMARY KEY,
    login TEXT NOT NULL,
    login_key TEXT NOT NULL UNIQUE,
    language TEXT NOT NULL,
    password_hash TEXT,
    user_id BIGINT UNIQUE REFERENCES users (id),
    admin_id BIGINT UNIQUE REFERENCES admins (id)
);

-- One table for the services of every kind of owner; settings are JSON.
CREATE TABLE settings (
    owner TEXT NOT NULL,
    owner_id BIGINT NOT NULL,
    service TEXT NOT NULL,
    version BIGINT NOT NULL,
    settings TEXT NOT NULL,
    PRIMARY KEY (owner, owner_id, service)
);

-- content: JSON. name_key: the name in lower case, unique for an owner.
CREATE TABLE schedules (
    id BIGINT PRIMARY KEY,
    owner TEXT NOT NULL,
    owner_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    content TEXT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (owner, owner_id, name_key)
);

-- before and after: JSON; none before when it was made, none after when it was removed.
CREATE TABLE events (
    id BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    by_name TEXT NOT NULL,
    owner TEXT NOT NULL,
    owner_id BIGINT NOT NULL,
    subject TEXT NOT NULL,
    before TEXT,
    after TEXT
);
CREATE INDEX events_of_owner ON events (owner, owner_id, id);

CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE failures (
    key TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX failures_by_key ON failures (key, at);

-- What is true of the database as a whole: 'demo' when everybody knows its passwords.
CREATE TABLE marks (
    name TEXT PRIMARY KEY
);
