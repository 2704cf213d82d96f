-- What was counted of call centers and agents, by quarter of an hour. counters: JSON. Rows outlive the user.
CREATE TABLE statistics (
    user_id BIGINT NOT NULL,
    began_at BIGINT NOT NULL,
    counters TEXT NOT NULL,
    PRIMARY KEY (user_id, began_at)
);
