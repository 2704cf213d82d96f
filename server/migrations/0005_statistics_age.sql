-- What is too old is found by its age.
CREATE INDEX statistics_by_age ON statistics (began_at);
