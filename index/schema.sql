-- What is said of the whole: `state` grows by one with every change; `manifest` says that it is one.
CREATE TABLE facts (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
INSERT INTO facts VALUES ('state', 0);

-- The documents, in the order in which they were added. `slot` gives a document's sections, sentences and chunks
-- their numbers (see `changing/slots.py`); `bytes` is the size of its file or text. What is large stands last: reading a row up to there does not load it.
CREATE TABLE documents (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    slot INTEGER NOT NULL UNIQUE,
    bytes INTEGER NOT NULL,
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    metadata TEXT NOT NULL,
    media_type TEXT NOT NULL,
    pages TEXT NOT NULL,
    parts TEXT NOT NULL,
    text TEXT NOT NULL,
    original BLOB NOT NULL
);

CREATE INDEX documents_of_origin ON documents (json_extract(metadata, '$.origin'));
CREATE INDEX documents_of_file ON documents (json_extract(metadata, '$.origin_sha256'));

-- Documents that stand in no other table yet: none, once a change is whole.
CREATE TABLE pending (slot INTEGER PRIMARY KEY);

-- What the change with this state took out or replaced, so that it can be brought back.
CREATE TABLE taken_out (
    state INTEGER NOT NULL,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    metadata TEXT NOT NULL,
    media_type TEXT NOT NULL,
    pages TEXT NOT NULL,
    parts TEXT NOT NULL,
    text TEXT NOT NULL,
    original BLOB NOT NULL
);

CREATE TABLE sections (
    number INTEGER PRIMARY KEY,
    document_id TEXT NOT NULL,
    path TEXT NOT NULL
);

-- A chunk holds the sentences first .. last - 1. `content` is what was encoded; headings have none.
CREATE TABLE sentences (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    section INTEGER NOT NULL,
    page INTEGER,
    block INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    spans TEXT NOT NULL,
    content INTEGER
);

CREATE TABLE chunks (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    section INTEGER NOT NULL,
    page INTEGER,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    context TEXT NOT NULL,
    text TEXT NOT NULL,
    spans TEXT NOT NULL,
    content INTEGER NOT NULL,
    state INTEGER NOT NULL
);
CREATE INDEX chunks_of_state ON chunks (state);

-- Chunks that are gone: a FAISS file of an older state still holds them.
CREATE TABLE gone_chunks (state INTEGER NOT NULL, number INTEGER NOT NULL);
CREATE INDEX gone_chunks_of_state ON gone_chunks (state);

-- Each text that was encoded, once, by its sum; `uses` counts the sentences and chunks that have it. Those that
-- none has are kept until the change after the next, so that what is brought back is not encoded again.
CREATE TABLE contents (number INTEGER PRIMARY KEY, sum BLOB NOT NULL UNIQUE, uses INTEGER NOT NULL);
CREATE INDEX unused_contents ON contents (number) WHERE uses = 0;

-- For each content the vectors of its views, the whole text first: 32-bit floats, one vector behind the other.
CREATE TABLE vectors (
    model TEXT NOT NULL,
    content INTEGER NOT NULL,
    vectors BLOB NOT NULL,
    crc INTEGER NOT NULL,
    PRIMARY KEY (content, model)
) WITHOUT ROWID;

CREATE VIEW sentence_vectors AS
SELECT model, sentences.number AS number, vectors FROM sentences JOIN vectors USING (content);

-- The distinct words of all texts; `uses` counts the sections and sentences that hold each. A word keeps its number.
CREATE TABLE words (
    number INTEGER PRIMARY KEY,
    word TEXT NOT NULL UNIQUE,
    spelling TEXT NOT NULL,
    uses INTEGER NOT NULL,
    vector BLOB NOT NULL,
    crc INTEGER NOT NULL
);
CREATE INDEX unused_words ON words (number) WHERE uses = 0;

-- How many chunks hold a word, in whatever case and with whatever accents.
CREATE TABLE spellings (spelling TEXT PRIMARY KEY, chunks INTEGER NOT NULL) WITHOUT ROWID;

-- Numbers of words, 32 bits each: those of a section's title and headings, and those of a chunk with them.
CREATE TABLE section_terms (section INTEGER PRIMARY KEY, words BLOB NOT NULL);
CREATE TABLE chunk_terms (chunk INTEGER PRIMARY KEY, words BLOB NOT NULL);

-- The words of a sentence, those behind a number that counts, and its traits as 32-bit floats.
CREATE TABLE sentence_terms (
    sentence INTEGER PRIMARY KEY,
    words BLOB NOT NULL,
    counted BLOB NOT NULL,
    traits BLOB NOT NULL
);

CREATE VIRTUAL TABLE chunk_words USING fts5 (
    text, heading, content = '', tokenize = 'porter unicode61 remove_diacritics 2'
);
