-- One row a page; `dossier` is the whole of it as JSON, the other tables are for asking.
CREATE TABLE pages (
    sha256 TEXT PRIMARY KEY,
    uri TEXT NOT NULL,
    title TEXT,
    day TEXT,
    language TEXT,
    reliability REAL NOT NULL,
    dossier TEXT NOT NULL
) STRICT;
CREATE TABLE actors (
    sha256 TEXT NOT NULL REFERENCES pages (sha256) ON DELETE CASCADE,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    kind TEXT NOT NULL,
    mentions INTEGER NOT NULL,
    PRIMARY KEY (sha256, id)
) STRICT;
CREATE TABLE events (
    sha256 TEXT NOT NULL REFERENCES pages (sha256) ON DELETE CASCADE,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    about TEXT NOT NULL,
    start TEXT,
    "end" TEXT,
    place TEXT,
    country TEXT,
    words TEXT NOT NULL,
    confidence REAL NOT NULL,
    PRIMARY KEY (sha256, id)
) STRICT;
CREATE TABLE parties (
    sha256 TEXT NOT NULL,
    event TEXT NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    FOREIGN KEY (sha256, event) REFERENCES events (sha256, id) ON DELETE CASCADE
) STRICT;
CREATE TABLE findings (
    sha256 TEXT NOT NULL REFERENCES pages (sha256) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    severity TEXT NOT NULL,
    text TEXT NOT NULL,
    reading TEXT,
    message TEXT NOT NULL
) STRICT;
CREATE INDEX actors_folded ON actors (folded);
CREATE INDEX events_kind ON events (kind, status);
CREATE INDEX events_start ON events (start);
CREATE INDEX parties_actor ON parties (actor);
CREATE INDEX parties_event ON parties (sha256, event);
CREATE INDEX findings_page ON findings (sha256);
