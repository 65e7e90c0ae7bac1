-- An account has a password, or is one of the organisation's, known by its issuer and subject.
CREATE TABLE accounts (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    roles TEXT NOT NULL,
    password TEXT,
    issuer TEXT,
    subject TEXT,
    made TEXT NOT NULL,
    UNIQUE (issuer, subject),
    CHECK ((password IS NULL) = (issuer IS NOT NULL)),
    CHECK ((issuer IS NULL) = (subject IS NULL))
) STRICT;
-- Of what a browser or a program brings only the hash is kept: whoever reads this file cannot come in with it.
CREATE TABLE sessions (
    hash TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (key) ON DELETE CASCADE,
    ends INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_of ON sessions (account, ends);
CREATE TABLE tokens (
    hash TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    roles TEXT NOT NULL,
    made TEXT NOT NULL
) STRICT;
