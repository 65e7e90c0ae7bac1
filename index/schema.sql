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
    context TEXT NOT NULL,
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

-- The distinct words of all texts, in how many chunks each stands, and its vector as in `sentence_vectors`.
CREATE TABLE words (
    number INTEGER PRIMARY KEY,
    word TEXT NOT NULL,
    chunks INTEGER NOT NULL,
    vector BLOB NOT NULL
);

-- Numbers of words, 32 bits each: those of a section's title and headings, and those of a chunk with them.
CREATE TABLE section_terms (section INTEGER PRIMARY KEY REFERENCES sections (number), words BLOB NOT NULL);
CREATE TABLE chunk_terms (chunk INTEGER PRIMARY KEY REFERENCES chunks (number), words BLOB NOT NULL);

-- The words of a sentence, those behind a number that counts, and its traits as 32-bit floats.
CREATE TABLE sentence_terms (
    sentence INTEGER PRIMARY KEY REFERENCES sentences (number),
    words BLOB NOT NULL,
    counted BLOB NOT NULL,
    traits BLOB NOT NULL
);

CREATE INDEX sections_of_document ON sections (document_id);
CREATE INDEX sentences_of_section ON sentences (section);

CREATE VIRTUAL TABLE chunk_words USING fts5 (
    text, heading, content = '', tokenize = 'porter unicode61 remove_diacritics 2'
);
