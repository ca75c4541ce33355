CREATE TABLE actors (
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    CONSTRAINT pk_actors PRIMARY KEY (id),
    CONSTRAINT uq_actors_code UNIQUE (code)
);

CREATE INDEX ix_actors_folded ON actors (folded);

CREATE TABLE contents (
    sha256 TEXT NOT NULL,
    packing TEXT NOT NULL,
    size INTEGER NOT NULL,
    data BLOB NOT NULL,
    CONSTRAINT pk_contents PRIMARY KEY (sha256)
);

CREATE TABLE events (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    who TEXT NOT NULL,
    whom TEXT NOT NULL,
    about TEXT NOT NULL,
    first TEXT,
    last TEXT,
    day TEXT NOT NULL,
    place TEXT,
    country TEXT,
    latitude FLOAT,
    longitude FLOAT,
    cameo TEXT,
    plover TEXT,
    words TEXT NOT NULL,
    confidence FLOAT NOT NULL,
    sources INTEGER NOT NULL,
    reports INTEGER NOT NULL,
    first_reported TEXT,
    last_reported TEXT,
    lead_id INTEGER,
    story_id INTEGER,
    rejected INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_events PRIMARY KEY (id)
);

CREATE INDEX ix_events_country ON events (country, day, id, last, kind, status, sources, rejected);

CREATE INDEX ix_events_day ON events (day, id, last, kind, status, country, sources, rejected);

CREATE INDEX ix_events_kind ON events (kind, day, id, last, status, country, sources, rejected);

CREATE INDEX ix_events_reported ON events (last_reported, id);

CREATE INDEX ix_events_sources ON events (sources, id);

CREATE INDEX ix_events_status ON events (status, day, id, last, kind, country, sources, rejected);

CREATE INDEX ix_events_story_id ON events (story_id);

CREATE TABLE feeds (
    id INTEGER NOT NULL,
    url TEXT NOT NULL,
    title TEXT,
    etag TEXT,
    modified TEXT,
    checked TEXT,
    wait INTEGER DEFAULT '0' NOT NULL,
    failed INTEGER DEFAULT '0' NOT NULL,
    message TEXT,
    CONSTRAINT pk_feeds PRIMARY KEY (id),
    CONSTRAINT uq_feeds_url UNIQUE (url)
);

CREATE TABLE runs (
    id INTEGER NOT NULL,
    started TEXT NOT NULL,
    ended TEXT,
    sources TEXT NOT NULL,
    state TEXT NOT NULL,
    message TEXT,
    version TEXT NOT NULL,
    process TEXT NOT NULL,
    filed INTEGER DEFAULT '0' NOT NULL,
    copies INTEGER DEFAULT '0' NOT NULL,
    known INTEGER DEFAULT '0' NOT NULL,
    skipped INTEGER DEFAULT '0' NOT NULL,
    failed INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_runs PRIMARY KEY (id)
);

CREATE TABLE stories (
    id INTEGER NOT NULL,
    title TEXT,
    first_day TEXT,
    last_day TEXT,
    pages INTEGER DEFAULT '0' NOT NULL,
    wordings INTEGER DEFAULT '0' NOT NULL,
    collated INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_stories PRIMARY KEY (id)
);

CREATE INDEX ix_stories_collated ON stories (id) WHERE collated = 0;

CREATE TABLE texts (
    id INTEGER NOT NULL,
    digest TEXT NOT NULL,
    title TEXT,
    text TEXT NOT NULL,
    CONSTRAINT pk_texts PRIMARY KEY (id),
    CONSTRAINT uq_texts_digest UNIQUE (digest)
);

CREATE TABLE bands (
    band BIGINT NOT NULL,
    text_id INTEGER NOT NULL,
    CONSTRAINT pk_bands PRIMARY KEY (band, text_id),
    CONSTRAINT fk_bands_text_id_texts FOREIGN KEY(text_id) REFERENCES texts (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_bands_text ON bands (text_id);

CREATE TABLE event_actors (
    actor_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    event_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    last TEXT,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    country TEXT,
    sources INTEGER NOT NULL,
    rejected INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_event_actors PRIMARY KEY (actor_id, day, event_id, role),
    CONSTRAINT fk_event_actors_actor_id_actors FOREIGN KEY(actor_id) REFERENCES actors (id) ON DELETE CASCADE,
    CONSTRAINT fk_event_actors_event_id_events FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_event_actors_event ON event_actors (event_id);

CREATE TABLE failures (
    id INTEGER NOT NULL,
    run_id INTEGER NOT NULL,
    uri TEXT NOT NULL,
    sha256 TEXT DEFAULT '' NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    tries INTEGER DEFAULT '1' NOT NULL,
    resolved TEXT,
    CONSTRAINT pk_failures PRIMARY KEY (id),
    CONSTRAINT uq_failures_uri_sha256 UNIQUE (uri, sha256),
    CONSTRAINT fk_failures_run_id_runs FOREIGN KEY(run_id) REFERENCES runs (id) ON DELETE CASCADE
);

CREATE TABLE name_words (
    word TEXT NOT NULL,
    actor_id INTEGER NOT NULL,
    CONSTRAINT pk_name_words PRIMARY KEY (word, actor_id),
    CONSTRAINT fk_name_words_actor_id_actors FOREIGN KEY(actor_id) REFERENCES actors (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_name_words_actor ON name_words (actor_id);

CREATE TABLE pages (
    id INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    uri TEXT NOT NULL,
    url TEXT,
    outlet TEXT,
    media_type TEXT NOT NULL,
    title TEXT,
    text_id INTEGER NOT NULL,
    reading TEXT NOT NULL,
    day TEXT,
    published TEXT,
    earliest TEXT,
    latest TEXT,
    language TEXT,
    reliability FLOAT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    story_id INTEGER,
    wording_id INTEGER,
    run_id INTEGER,
    filed TEXT NOT NULL,
    events INTEGER DEFAULT '0' NOT NULL,
    findings INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_pages PRIMARY KEY (id),
    CONSTRAINT uq_pages_uri_sha256 UNIQUE (uri, sha256),
    CONSTRAINT fk_pages_text_id_texts FOREIGN KEY(text_id) REFERENCES texts (id) ON DELETE CASCADE,
    CONSTRAINT fk_pages_story_id_stories FOREIGN KEY(story_id) REFERENCES stories (id) ON DELETE SET NULL,
    CONSTRAINT fk_pages_run_id_runs FOREIGN KEY(run_id) REFERENCES runs (id) ON DELETE SET NULL
);

CREATE INDEX ix_pages_day ON pages (day, id);

CREATE INDEX ix_pages_outlet ON pages (outlet);

CREATE INDEX ix_pages_reading ON pages (reading);

CREATE INDEX ix_pages_sha256 ON pages (sha256);

CREATE INDEX ix_pages_story_id ON pages (story_id);

CREATE INDEX ix_pages_text_id ON pages (text_id);

CREATE INDEX ix_pages_wording_id ON pages (wording_id);

CREATE TABLE signatures (
    text_id INTEGER NOT NULL,
    rank TEXT NOT NULL,
    data BLOB NOT NULL,
    CONSTRAINT pk_signatures PRIMARY KEY (text_id),
    CONSTRAINT fk_signatures_text_id_texts FOREIGN KEY(text_id) REFERENCES texts (id) ON DELETE CASCADE
);

CREATE TABLE dossiers (
    page_id INTEGER NOT NULL,
    packing TEXT NOT NULL,
    data BLOB NOT NULL,
    CONSTRAINT pk_dossiers PRIMARY KEY (page_id),
    CONSTRAINT fk_dossiers_page_id_pages FOREIGN KEY(page_id) REFERENCES pages (id) ON DELETE CASCADE
);

CREATE TABLE findings (
    id INTEGER NOT NULL,
    page_id INTEGER,
    story_id INTEGER,
    kind TEXT NOT NULL,
    severity TEXT NOT NULL,
    start INTEGER,
    "end" INTEGER,
    text TEXT NOT NULL,
    reading TEXT,
    message TEXT NOT NULL,
    grounds TEXT NOT NULL,
    confidence FLOAT NOT NULL,
    rule TEXT NOT NULL,
    CONSTRAINT pk_findings PRIMARY KEY (id),
    CONSTRAINT fk_findings_page_id_pages FOREIGN KEY(page_id) REFERENCES pages (id) ON DELETE SET NULL,
    CONSTRAINT fk_findings_story_id_stories FOREIGN KEY(story_id) REFERENCES stories (id) ON DELETE SET NULL
);

CREATE INDEX ix_findings_kind ON findings (kind, severity);

CREATE INDEX ix_findings_page_id ON findings (page_id);

CREATE INDEX ix_findings_story_id ON findings (story_id);

CREATE TABLE links (
    first_id INTEGER NOT NULL,
    second_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    score FLOAT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_links PRIMARY KEY (first_id, second_id),
    CONSTRAINT fk_links_first_id_pages FOREIGN KEY(first_id) REFERENCES pages (id) ON DELETE CASCADE,
    CONSTRAINT fk_links_second_id_pages FOREIGN KEY(second_id) REFERENCES pages (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_links_second ON links (second_id);

CREATE TABLE mentions (
    page_id INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    actor_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    repaired INTEGER NOT NULL,
    confidence FLOAT NOT NULL,
    rule TEXT NOT NULL,
    CONSTRAINT pk_mentions PRIMARY KEY (page_id, start, "end", actor_id),
    CONSTRAINT fk_mentions_page_id_pages FOREIGN KEY(page_id) REFERENCES pages (id) ON DELETE CASCADE,
    CONSTRAINT fk_mentions_actor_id_actors FOREIGN KEY(actor_id) REFERENCES actors (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_mentions_actor ON mentions (actor_id, page_id);

CREATE TABLE offices (
    page_id INTEGER NOT NULL,
    actor_id INTEGER NOT NULL,
    office TEXT,
    affiliation TEXT,
    CONSTRAINT pk_offices PRIMARY KEY (page_id, actor_id),
    CONSTRAINT fk_offices_page_id_pages FOREIGN KEY(page_id) REFERENCES pages (id) ON DELETE CASCADE,
    CONSTRAINT fk_offices_actor_id_actors FOREIGN KEY(actor_id) REFERENCES actors (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_offices_actor ON offices (actor_id);

CREATE TABLE reports (
    id INTEGER NOT NULL,
    page_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    event_id INTEGER,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    who TEXT NOT NULL,
    whom TEXT NOT NULL,
    about TEXT NOT NULL,
    first TEXT,
    last TEXT,
    time TEXT,
    place TEXT,
    country TEXT,
    latitude FLOAT,
    longitude FLOAT,
    cameo TEXT,
    plover TEXT,
    mode TEXT,
    contexts TEXT NOT NULL,
    words TEXT NOT NULL,
    content TEXT,
    reported_by TEXT,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    rule TEXT NOT NULL,
    confidence FLOAT NOT NULL,
    stale INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT pk_reports PRIMARY KEY (id),
    CONSTRAINT uq_reports_page_id_code UNIQUE (page_id, code),
    CONSTRAINT fk_reports_page_id_pages FOREIGN KEY(page_id) REFERENCES pages (id) ON DELETE CASCADE
);

CREATE INDEX ix_reports_event ON reports (event_id, page_id);

CREATE INDEX ix_reports_stale ON reports (id) WHERE stale = 1;

CREATE TABLE judgements (
    id INTEGER NOT NULL,
    subject TEXT NOT NULL,
    verdict TEXT NOT NULL,
    page_id INTEGER NOT NULL,
    report_id INTEGER,
    actor_id INTEGER,
    start INTEGER,
    "end" INTEGER,
    note TEXT,
    "by" TEXT,
    at TEXT NOT NULL,
    withdrawn TEXT,
    CONSTRAINT pk_judgements PRIMARY KEY (id),
    CONSTRAINT fk_judgements_page_id_pages FOREIGN KEY(page_id) REFERENCES pages (id) ON DELETE CASCADE,
    CONSTRAINT fk_judgements_report_id_reports FOREIGN KEY(report_id) REFERENCES reports (id) ON DELETE CASCADE,
    CONSTRAINT fk_judgements_actor_id_actors FOREIGN KEY(actor_id) REFERENCES actors (id) ON DELETE CASCADE
);

CREATE INDEX ix_judgements_page_id ON judgements (page_id);

CREATE INDEX ix_judgements_report_id ON judgements (report_id);

CREATE TABLE merge_keys (
    "key" BIGINT NOT NULL,
    report_id INTEGER NOT NULL,
    CONSTRAINT pk_merge_keys PRIMARY KEY ("key", report_id),
    CONSTRAINT fk_merge_keys_report_id_reports FOREIGN KEY(report_id) REFERENCES reports (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_merge_keys_report ON merge_keys (report_id);

CREATE TABLE report_actors (
    report_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    actor_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    CONSTRAINT pk_report_actors PRIMARY KEY (report_id, role, actor_id),
    CONSTRAINT fk_report_actors_report_id_reports FOREIGN KEY(report_id) REFERENCES reports (id) ON DELETE CASCADE,
    CONSTRAINT fk_report_actors_actor_id_actors FOREIGN KEY(actor_id) REFERENCES actors (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_report_actors_actor ON report_actors (actor_id);

CREATE VIRTUAL TABLE search USING fts5(
    title, text, content='texts', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2');

CREATE TRIGGER texts_added AFTER INSERT ON texts BEGIN
    INSERT INTO search (rowid, title, text) VALUES (new.id, new.title, new.text); END;

CREATE TRIGGER texts_removed AFTER DELETE ON texts BEGIN
    INSERT INTO search (search, rowid, title, text) VALUES ('delete', old.id, old.title, old.text); END;
