-- What people thought of an answer. `token` lets the one who sent it take it back.
CREATE TABLE feedback (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    token TEXT NOT NULL UNIQUE,
    sent TEXT NOT NULL,
    good INTEGER NOT NULL CHECK (good IN (0, 1)),
    reason TEXT,
    comment TEXT NOT NULL,
    history TEXT NOT NULL,
    record TEXT NOT NULL
) STRICT;

-- Questions whose right answers are known: rows that `evaluate` reads, and the feedback they came of.
CREATE TABLE gold_questions (
    id TEXT PRIMARY KEY,
    added TEXT NOT NULL,
    fields TEXT NOT NULL,
    feedback INTEGER REFERENCES feedback (number) ON DELETE SET NULL
) STRICT;
