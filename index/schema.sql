CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    metadata TEXT NOT NULL,
    text TEXT NOT NULL
);

CREATE TABLE sections (
    number INTEGER PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id),
    path TEXT NOT NULL
);

-- Sentences and chunks are numbered through all documents; a chunk holds the sentences first .. last - 1.
CREATE TABLE sentences (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    section INTEGER NOT NULL REFERENCES sections (number),
    page INTEGER,
    block INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    spans TEXT NOT NULL
);

CREATE TABLE chunks (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    section INTEGER NOT NULL REFERENCES sections (number),
    page INTEGER,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    text TEXT NOT NULL,
    spans TEXT NOT NULL
);

-- For each sentence the vectors of its views, the whole sentence first: 32-bit floats, one vector behind the other.
CREATE TABLE sentence_vectors (
    model TEXT NOT NULL,
    number INTEGER NOT NULL REFERENCES sentences (number),
    vectors BLOB NOT NULL,
    PRIMARY KEY (model, number)
) WITHOUT ROWID;

CREATE INDEX sections_of_document ON sections (document_id);
CREATE INDEX sentences_of_section ON sentences (section);

CREATE VIRTUAL TABLE sentence_words USING fts5 (
    text, heading, content = '', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE chunk_words USING fts5 (
    text, heading, content = '', tokenize = 'porter unicode61 remove_diacritics 2'
);
