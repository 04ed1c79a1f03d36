//! The few places where the two databases are told things differently. With `conn/`, the only code that knows them.

/// Which database is behind the seam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Embedded SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

impl Dialect {
    /// Its name in messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }

    /// One text of the schema, spelled for this database. Texts compare by code point on both, whatever the
    /// locale of a PostgreSQL database is; SQLite tables are STRICT.
    pub(crate) fn schema(self, template: &str) -> String {
        let (mine, other, words) = match self {
            Self::Sqlite => ("@sqlite ", "@postgres ", SQLITE_WORDS),
            Self::Postgres => ("@postgres ", "@sqlite ", POSTGRES_WORDS),
        };
        let lines = template.split_inclusive('\n').filter(|line| !line.starts_with(other));
        let text: String = lines.map(|line| line.strip_prefix(mine).unwrap_or(line)).collect();
        words.iter().fold(text, |text, (word, spelled)| text.replace(word, spelled))
    }
}

/// The words of the schema's text, spelled for SQLite.
const SQLITE_WORDS: [(&str, &str); 10] = [
    ("{text}", "TEXT"),
    ("{int}", "INTEGER"),
    ("{bool}", "INTEGER"),
    ("{bytes}", "BLOB"),
    ("{strict}", "STRICT"),
    ("{clustered}", "STRICT, WITHOUT ROWID"),
    ("{doc}", "doc INTEGER PRIMARY KEY,"),
    ("{key}", "UNIQUE"),
    ("{instr}", "instr"),
    ("{json}", "TEXT"),
];
/// The same for PostgreSQL.
const POSTGRES_WORDS: [(&str, &str); 10] = [
    ("{text}", "TEXT COLLATE \"C\""),
    ("{int}", "BIGINT"),
    ("{bool}", "BOOLEAN"),
    ("{bytes}", "BYTEA"),
    ("{strict}", ""),
    ("{clustered}", ""),
    ("{doc}", ""),
    ("{key}", "PRIMARY KEY"),
    ("{instr}", "strpos"),
    ("{json}", "JSONB"),
];

/// SQLite, per connection: WAL and FULL so that a commit is on the disk when it returns; checked references; what is deleted is
/// overwritten with zeros, so that it does not stay in the file until its place is used again (docs/retention.md has the price).
pub const SQLITE_OPEN: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA busy_timeout = 5000;
    PRAGMA temp_store = MEMORY;
    PRAGMA journal_size_limit = 67108864;
";
/// The writer's page cache holds the hot ends of the indexes: 14 MiB. A checkpoint every 16,384 pages (64 MiB of WAL,
/// the size limit above) writes a hot page back once where many commits have changed it: measured, the raw engine
/// takes nearly twice as many creates as with a checkpoint every 1,000 pages.
pub const SQLITE_WRITER: &str = "PRAGMA cache_size = -14336; PRAGMA wal_autocheckpoint = 16384;";
/// A reader's page cache: 4.5 MiB, about as many pages as a search with 200 hits among a million tickets touches (measured); and
/// nothing can be written through it.
pub const SQLITE_READER: &str = "PRAGMA cache_size = -4608; PRAGMA query_only = ON;";

/// Takes the write lock at once, so that no transaction has to be upgraded later.
pub(crate) const SQLITE_BEGIN_WRITE: &str = "BEGIN IMMEDIATE";
/// One moment for all statements of a read.
pub(crate) const SQLITE_BEGIN_READ: &str = "BEGIN DEFERRED";
/// PostgreSQL's default isolation, said aloud: the locks of the lane settle the races.
pub(crate) const POSTGRES_BEGIN_WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";
/// One moment for all statements of a read.
pub(crate) const POSTGRES_BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// Per connection: a commit is on the disk when it returns; a lock that does not come is an error, not a hang. Plans
/// are made once: left to itself PostgreSQL plans a list anew each time, which costs more than the list. Such a plan is made without the values: a table is then read from its beginning as soon as that seems
/// to find the first rows sooner, which for a rare value means all of it; the same with a table that is joined. Every
/// statement has an index, and SQLite joins by look-ups alone; only those of doctor read whole tables, and they still
/// do when that is discouraged (as expensive as it then seems, they would be compiled first: jit). What an index leads
/// to costs little more than what stands beside it: it is in memory or on a disk without a head. And a node whose network
/// is cut must not keep its locks from the others: PostgreSQL asks it for a sign of life.
pub(crate) const POSTGRES_OPEN: &str = "SET synchronous_commit = on; SET lock_timeout = '5s'; \
    SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_hashjoin = off; \
    SET enable_mergejoin = off; SET jit = off; SET random_page_cost = 1.1; \
    SET idle_in_transaction_session_timeout = '60s'; SET TimeZone = 'UTC'; SET application_name = 'dispatch'; \
    SET tcp_keepalives_idle = 3; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 3; \
    SET tcp_user_timeout = '6s'";
/// The locks that a lane begins with. On SQLite the one writer is the lock. The account's is no row: there is none yet
/// when two first starts meet. The number is arbitrary and ours.
pub(crate) const POSTGRES_LOCK_BRAND: &str = "SELECT brand_id FROM brand_counter WHERE brand_id = $1 FOR UPDATE";
pub(crate) const POSTGRES_LOCK_ACCOUNT: &str = "SELECT pg_advisory_xact_lock(4871023563)";
pub(crate) const POSTGRES_LOCK_CONSUMER: &str =
    "SELECT position FROM consumer WHERE brand_id = $1 AND kind = $2 FOR UPDATE";
/// Held while migrating, so that several nodes may start at once. The number is arbitrary and ours.
pub(crate) const POSTGRES_MIGRATION_LOCK: &str = "SELECT pg_advisory_lock(4871023562)";
pub(crate) const POSTGRES_MIGRATION_UNLOCK: &str = "SELECT pg_advisory_unlock(4871023562)";
/// What nodes tell each other goes through this channel. Nothing that must be kept is said there, so its transactions, which
/// write nothing but a number, do not wait for the disk.
pub(crate) const POSTGRES_LISTEN: &str =
    "SET synchronous_commit = off; SET application_name = 'dispatch-signals'; LISTEN dispatch";
pub(crate) const POSTGRES_NOTIFY: &str = "SELECT pg_notify('dispatch', $1)";
pub(crate) const POSTGRES_PID: &str = "SELECT pg_backend_pid()";

/// A file that is carried elsewhere: nothing is written to it, and all of it is read as it is at one moment.
pub(crate) const SQLITE_CARRY_SOURCE: &str =
    "PRAGMA busy_timeout = 5000; PRAGMA query_only = ON; PRAGMA cache_size = -65536;
    BEGIN DEFERRED; SELECT count(*) FROM sqlite_schema;";
/// A file that is filled from elsewhere and has no name yet: without a journal, since what is half done is thrown away. Its
/// references are looked at when all is there.
pub(crate) const SQLITE_CARRY_TARGET: &str =
    "PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    PRAGMA foreign_keys = OFF; PRAGMA cache_size = -65536; BEGIN IMMEDIATE;";
/// Whether a database has migrations, and which is the last.
pub(crate) const SQLITE_VERSION: (&str, &str) = (
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migration'",
    "SELECT max(version) FROM schema_migration",
);
/// Tables and columns that PostgreSQL has as well: not SQLite's row ids, and not how the words of the search are kept.
pub(crate) const SQLITE_COLUMNS: &str = "SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name <> 'schema_migration' AND m.name NOT LIKE 'search_word%'
    AND c.name <> 'doc'";

/// A connection that carries. Walking along the key needs no room on the disk, as sorting would.
pub(crate) const POSTGRES_CARRY_OPEN: &str = "SET lock_timeout = '5s'; SET statement_timeout = 0; \
    SET idle_in_transaction_session_timeout = 0; SET synchronous_commit = on; SET enable_seqscan = off; SET jit = off; \
    SET TimeZone = 'UTC'; SET application_name = 'dispatch-carry'";
/// One moment, behind locks that a transaction which only reads may not take.
pub(crate) const POSTGRES_CARRY_ALONE: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ";
/// As on SQLite.
pub(crate) const POSTGRES_VERSION: (&str, &str) = (
    "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_migration'",
    "SELECT max(version)::bigint FROM schema_migration",
);
/// Connections of servers, which say their names (above).
pub(crate) const POSTGRES_SERVERS: &str = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
    AND application_name IN ('dispatch', 'dispatch-signals')";
/// Table, column, type, place in the primary key from 1 on or 0.
pub(crate) const POSTGRES_COLUMNS: &str = "SELECT c.relname::text, a.attname::text, format_type(a.atttypid, NULL),
        coalesce(array_position(k.conkey, a.attnum), 0)::bigint
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
    WHERE c.relkind IN ('r', 'p') ORDER BY c.relname COLLATE \"C\", a.attname COLLATE \"C\"";
/// Which table refers to which.
pub(crate) const POSTGRES_REFERENCES: &str = "SELECT c.relname::text, p.relname::text FROM pg_constraint k
    JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema() WHERE k.contype = 'f'";
