CREATE TABLE question_sets (
    sha256 TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    content BLOB NOT NULL,
    added TEXT NOT NULL
) STRICT;
CREATE TABLE rounds (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    question_set TEXT NOT NULL REFERENCES question_sets (sha256),
    places TEXT NOT NULL,
    origin TEXT NOT NULL,
    raters INTEGER NOT NULL,
    started TEXT NOT NULL,
    finished TEXT
) STRICT;
CREATE TABLE replies (
    round INTEGER NOT NULL REFERENCES rounds (number),
    place INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    record TEXT,
    PRIMARY KEY (round, place)
) STRICT;
-- Nothing is changed or deleted here: the last row of a person counts, and no verdict takes one back.
CREATE TABLE judgements (
    number INTEGER PRIMARY KEY,
    round INTEGER NOT NULL REFERENCES rounds (number),
    role TEXT NOT NULL CHECK (role IN ('rater', 'settler')),
    person TEXT NOT NULL,
    item TEXT NOT NULL,
    verdict TEXT CHECK (verdict IN ('supported', 'partly', 'not')),
    note TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX judgements_of_a_round ON judgements (round, role, person);
CREATE TABLE handed_in (
    round INTEGER NOT NULL REFERENCES rounds (number),
    rater TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (round, rater)
) STRICT;
