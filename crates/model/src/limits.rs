//! Every limit of the API in one place (API 1.10). Sizes count bytes, lengths count Unicode code points.

/// A JSON request body: 4 MB.
pub const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;
/// The body of a ticket or comment: 1 MB.
pub const TEXT_BYTES_MAX: usize = 1024 * 1024;
/// `customFields`, `metadata`, `sourceData`, `settings`, `ticketSchema`: 64 KB each.
pub const JSON_BYTES_MAX: usize = 64 * 1024;
/// Levels of nesting in a JSON request body.
pub const JSON_DEPTH_MAX: usize = 32;
/// Problems that one error answer lists.
pub const ERRORS_MAX: usize = 50;
/// Links of a ticket or comment.
pub const LINKS_MAX: usize = 50;
/// Addresses in a comment's `cc`.
pub const CC_MAX: usize = 20;
/// Statuses of a brand.
pub const STATUSES_MAX: i64 = 100;
/// API keys of an account.
pub const API_KEYS_MAX: i64 = 200;
/// Members of an account.
pub const MEMBERS_MAX: i64 = 1_000;
/// Brands in the scope of one API key.
pub const KEY_BRANDS_MAX: usize = 1_000;
/// Items of a page that a caller may ask for.
pub const PAGE_MAX: i64 = 100;
/// Items of a page when the caller does not say.
pub const PAGE_DEFAULT: i64 = 50;
/// Comments in one answer: the default and the upper limit.
pub const COMMENTS_PAGE_MAX: i64 = 1_000;
/// Code points of a body in lists and events.
pub const BODY_CUT_CHARS: usize = 2_000;
/// Code points of a text in an event's `changes`.
pub const CHANGE_CUT_CHARS: usize = 1_000;
/// Values in one comma-separated query parameter.
pub const QUERY_LIST_MAX: usize = 200;
/// Log rows that one reading of the log looks at, wanted or not.
pub const EVENTS_EXAMINED_MAX: i64 = 2_000;
/// Rows that one step of a rewriting in the background touches (DESIGN 1).
pub const REWRITE_STEP_ROWS: i64 = 500;
/// How long an answer to an idempotency key is kept: 24 hours.
pub const IDEMPOTENCY_KEPT_MS: i64 = 24 * 60 * 60 * 1000;
/// Brands that one member or invitation names; all of them are written in one transaction.
pub const MEMBER_BRANDS_MAX: usize = 500;
/// Sessions of one member; a new one ends the oldest beyond them.
pub const SESSIONS_MAX: i64 = 100;
/// How long a session lasts without a request: 12 hours (API 3.1).
pub const SESSION_IDLE_MS: i64 = 12 * 60 * 60 * 1000;
/// How long a session lasts at most: 30 days (API 3.1).
pub const SESSION_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// How often the last use of a session is noted: once a minute.
pub const SESSION_NOTED_MS: i64 = 60 * 1000;
/// How long an invitation can be accepted: 7 days (API 3.2).
pub const INVITE_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// How long a mailed sign-in link works: 15 minutes (API 3.1).
pub const SIGN_IN_LINK_MS: i64 = 15 * 60 * 1000;
/// How long a mailed reset link works: 60 minutes (API 3.1).
pub const RESET_LINK_MS: i64 = 60 * 60 * 1000;
