CREATE TABLE loan (
    reader INTEGER NOT NULL,
    isbn TEXT NOT NULL,
    since TEXT DEFAULT (date('now', 'localtime')),
    note TEXT,
    PRIMARY KEY (reader, isbn),
    CONSTRAINT one_each UNIQUE (isbn, since),
    FOREIGN KEY (isbn) REFERENCES books (isbn) ON UPDATE CASCADE
);
CREATE TABLE old (id INTEGER PRIMARY KEY, x TEXT);
CREATE UNIQUE INDEX one_note ON loan(note);
