-- The content of uploads: WAV files of 16 kHz, 16 bits and one channel, each once. hash: the SHA-256, in hexadecimal
-- digits. content: the one column of bytes that there is; SQLite knows no BYTEA and keeps what it is given.
CREATE TABLE sounds (
    hash TEXT PRIMARY KEY,
    content BYTEA NOT NULL
);
