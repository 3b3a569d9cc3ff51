"""The tables of `kg.db`. `VERSION` goes up with every change that an older or newer `kg` could not read."""

APPLICATION_ID = 0x6B672E64
"""`kg.d` in ASCII, in the file's header: tells a `kg.db` from other people's SQLite files (https://sqlite.org/fileformat2.html#application_id)."""

VERSION = 1

RECORDS = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- What was read: `record` is the JSON object of records.jsonl; `content` and `extractor` tell whether it is still fresh.
CREATE TABLE papers (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    content TEXT NOT NULL,
    extractor TEXT NOT NULL,
    record TEXT NOT NULL
);

-- One row a claim, names as the abstract has them (the edges table has them resolved).
CREATE TABLE claims (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    paper TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    verdict TEXT,
    object TEXT,
    dataset TEXT,
    metric TEXT,
    task TEXT,
    delta TEXT,
    value TEXT,
    object_value TEXT,
    condition TEXT,
    background INTEGER NOT NULL,
    confidence REAL NOT NULL,
    sentence TEXT NOT NULL
);
CREATE INDEX claims_of_paper ON claims (paper);
CREATE INDEX claims_by_id ON claims (id);
"""

GRAPH_TABLES = """
DROP TABLE IF EXISTS edges;
DROP TABLE IF EXISTS aliases;
DROP TABLE IF EXISTS nodes;

-- `data` holds all attributes as JSON; the columns beside it are there to be searched.
CREATE TABLE nodes (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    label TEXT NOT NULL,
    paper TEXT,
    data TEXT NOT NULL
);

-- Every surface form of every node; `loose` is the form without case, hyphens and spaces, `normal` the one by which names were
-- resolved (NULL for papers).
CREATE TABLE aliases (node INTEGER NOT NULL, surface TEXT NOT NULL, loose TEXT NOT NULL, normal TEXT);

CREATE TABLE edges (
    number INTEGER PRIMARY KEY,
    source INTEGER NOT NULL,
    target INTEGER NOT NULL,
    relation TEXT NOT NULL,
    key TEXT NOT NULL,
    claim TEXT,
    paper TEXT,
    dataset TEXT,
    data TEXT NOT NULL
);
"""

GRAPH_INDEXES = """
CREATE INDEX nodes_by_type ON nodes (type);
CREATE INDEX nodes_of_paper ON nodes (paper) WHERE paper IS NOT NULL;
CREATE INDEX aliases_by_loose ON aliases (loose);
CREATE INDEX aliases_by_normal ON aliases (normal) WHERE normal IS NOT NULL;
CREATE INDEX edges_from ON edges (relation, source);
CREATE INDEX edges_to ON edges (relation, target);
CREATE INDEX edges_of_claim ON edges (claim) WHERE claim IS NOT NULL;
CREATE INDEX edges_of_paper ON edges (paper) WHERE paper IS NOT NULL;
CREATE INDEX edges_on_dataset ON edges (dataset) WHERE dataset IS NOT NULL;
"""


def statements(script: str) -> list[str]:
    """The script's single statements, so that they can run inside one transaction (`executescript` would commit first)."""
    lines = (line for line in script.splitlines() if not line.startswith("--"))
    return [s for part in "\n".join(lines).split(";") if (s := part.strip())]
