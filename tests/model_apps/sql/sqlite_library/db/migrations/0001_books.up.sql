-- The first tables; a comment with a ; in it
PRAGMA foreign_keys = ON;
BEGIN;
CREATE TABLE IF NOT EXISTS authors (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL COLLATE NOCASE,
    born DATE,
    "key" VARCHAR(20) UNIQUE
);

CREATE TABLE books(
    isbn CHAR(13) NOT NULL PRIMARY KEY, /* as printed */
    title TEXT NOT NULL DEFAULT 'untitled; (none)',
    author_id INTEGER REFERENCES authors(id) ON DELETE SET NULL,
    price NUMERIC(8, 2) DEFAULT -1.5 CHECK (price >= -1.5),
    added TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    lent,
    CHECK (length(isbn) = 13)
) WITHOUT ROWID;
CREATE INDEX books_by_author ON books (author_id, title DESC);
INSERT INTO authors (name) VALUES ('CREATE TABLE nothing (id int);');
COMMIT;
