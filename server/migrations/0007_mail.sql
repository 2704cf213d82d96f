-- Mails that are to go out, one a recipient. message_id: the same at every attempt. content: the whole mail as it is
-- sent; mails are ASCII. due_at: when it is tried next; null once it was given up. A mail that was sent has no row.
CREATE TABLE mails (
    message_id TEXT PRIMARY KEY,
    recipient TEXT NOT NULL,
    content TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    due_at BIGINT,
    attempts BIGINT NOT NULL,
    reason TEXT,
    given_up_at BIGINT
);
CREATE INDEX mails_by_due ON mails (due_at);
CREATE INDEX mails_by_end ON mails (given_up_at);

-- Up to which moment the statistics of a call center were mailed. kind: 'period' or 'daily'.
CREATE TABLE reports (
    center_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    reported_until BIGINT NOT NULL,
    PRIMARY KEY (center_id, kind)
);
