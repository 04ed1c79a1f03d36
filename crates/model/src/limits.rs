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
/// Tags of a ticket, and of the new tickets of a company.
pub const TICKET_TAGS_MAX: usize = 50;
/// Code points of a text that is searched for.
pub const SEARCH_CHARS_MAX: usize = 200;
/// Customers or companies that one search looks at.
pub const SEARCH_MATCHES_MAX: i64 = 1_000;
/// Customers that `/customers/search` answers when the caller does not say, and at most (API 9).
pub const CUSTOMER_SEARCH: (i64, i64) = (20, 50);
/// Statuses of a brand.
pub const STATUSES_MAX: i64 = 100;
/// Categories of a brand.
pub const CATEGORIES_MAX: i64 = 500;
/// Tags of a brand.
pub const TAGS_MAX: i64 = 5_000;
/// Tags that one merge takes in.
pub const MERGE_SOURCES_MAX: usize = 50;
/// Custom-field definitions of one entity.
pub const FIELDS_MAX: i64 = 200;
/// Choices of a custom field.
pub const FIELD_OPTIONS_MAX: usize = 200;
/// The default value of a custom field, as JSON: 4 KB, since every brand shows all of its definitions.
pub const FIELD_DEFAULT_BYTES_MAX: usize = 4 * 1024;
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
/// Log rows that one page of an audit log looks at, wanted or not: a rare filter never reads the whole log at once.
pub const AUDIT_EXAMINED_MAX: i64 = 20_000;
/// Entries of a ticket's audit log in one answer: the default and the upper limit.
pub const TICKET_LOGS_PAGE_MAX: i64 = 1_000;
/// Rows that one step of a rewriting in the background touches (DESIGN 1).
pub const REWRITE_STEP_ROWS: i64 = 500;
/// Tickets that one step of a rewriting changes as a request would, each with its comment and its event: on PostgreSQL a step
/// holds up the other writers of its brand for some milliseconds per ticket.
pub const REWRITE_STEP_TICKETS: i64 = 20;
/// Texts that one step of indexing anew looks through: their words are many rows.
pub const REINDEX_STEP_ROWS: i64 = 100;
/// How long an answer to an idempotency key is kept: 24 hours.
pub const IDEMPOTENCY_KEPT_MS: i64 = 24 * 60 * 60 * 1000;
/// Custom fields of a ticket that filters find.
pub const FIELDS_FILTERED_MAX: usize = 200;
/// Attachments of a ticket, those on their way included.
pub const ATTACHMENTS_MAX: usize = 500;
/// Attachments that a new ticket or comment names.
pub const ATTACHMENT_IDS_MAX: usize = 50;
/// Attachments whose links are asked for at once.
pub const ATTACHMENT_URLS_MAX: usize = 100;
/// The largest file that can be allowed: one request can store and copy so many bytes in a bucket (5 GB).
pub const FILE_MB_MAX: u64 = 5 * 1024;
/// The picture of a member: 5 MB (API 3.3).
pub const AVATAR_BYTES_MAX: i64 = 5 * 1024 * 1024;
/// How long an upload that nobody confirms is kept, and a file that nothing hangs on: 24 hours (API 8).
pub const LOOSE_FILE_MS: i64 = 24 * 60 * 60 * 1000;
/// How long the bytes of an upload are kept: until no link to upload there works any more, however late it was asked for.
pub const UPLOAD_KEPT_MS: i64 = 26 * 60 * 60 * 1000;
/// Files that one step of collecting removes.
pub const FILE_STEP: i64 = 100;
/// Watchers of a ticket.
pub const WATCHERS_MAX: usize = 100;
/// Tickets of one bulk action.
pub const BULK_MAX: usize = 500;
/// Tickets that are merged into another at once.
pub const MERGE_MAX: usize = 50;
/// Comments that one merge moves.
pub const MERGE_COMMENTS_MAX: i64 = 5_000;
/// Rows that a list collects and sorts itself, where no index has its order: when a filter finds no more than these.
pub const COLLECTED_MAX: i64 = 2_000;
/// Tickets that are counted one by one (API 5.2).
pub const COUNTED_MAX: i64 = 10_000;
/// Customers that one step moves to or from a company: their row, their event and what they are found by.
pub const REWRITE_STEP_CUSTOMERS: i64 = 50;
/// Rows or events that one step of an erasure reads. Most of them it leaves as they are, but it looks through each.
pub const ERASE_STEP_ROWS: i64 = 200;
/// Rows or events that one step of a purge removes or empties; the last of them may bring a few more.
pub const PURGE_STEP_ROWS: i64 = 200;
/// Things to purge, and events to remove, that are looked up at once.
pub const PURGE_FOUND_MAX: i64 = 500;
/// Tickets that were merged into one, of which its purge also looks through the log.
pub const PURGE_SOURCES_MAX: i64 = 1_000;
/// How long words that went for good may stay in the files of SQLite until they are wiped: a day. Wiping goes through the whole index
/// of the search.
pub const WIPE_AFTER_MS: i64 = 24 * 60 * 60 * 1000;
/// Days that `retention.deleted_days` and `events.retention_days` may say: a hundred years.
pub const RETENTION_DAYS_MAX: u64 = 36_500;
/// Events of which one step looks for those of the customer, without unpacking the others.
pub const ERASE_LOG_ROWS: i64 = 5_000;
/// Steps of an erasure that its request does itself before it is answered; the worker does the rest.
pub const ERASE_STEPS_AT_ONCE: usize = 100;
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
/// Webhooks of a brand.
pub const WEBHOOKS_MAX: i64 = 50;
/// Names in the `events` of a webhook.
pub const HOOK_EVENTS_MAX: usize = 50;
/// The payload of a delivery: 1 MB. Above it long texts are cut.
pub const PAYLOAD_BYTES_MAX: usize = 1024 * 1024;
/// Code points of a text in a payload that would be larger.
pub const PAYLOAD_CUT_CHARS: usize = 4_000;
/// Deliveries in one answer: the default and the upper limit.
pub const DELIVERIES_PAGE_MAX: i64 = 100;
/// How long a delivery is kept: 30 days.
pub const DELIVERY_KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// Attempts that a delivery remembers.
pub const ATTEMPTS_KEPT: usize = 100;
/// How long the secret before also signs: 24 hours.
pub const OLD_SECRET_MS: i64 = 24 * 60 * 60 * 1000;
/// Deliveries that one replay makes.
pub const REPLAY_MAX: i64 = 10_000;
/// Events that one step of a replay looks at.
pub const REPLAY_STEP: i64 = 500;
/// Events that one step of a consumer of the log takes (DESIGN 1).
pub const CONSUMED_STEP: i64 = 200;
/// A webhook with nothing but failures for so long is disabled: 5 days.
pub const FAILING_MS: i64 = 5 * 24 * 60 * 60 * 1000;
/// Connections of a brand.
pub const CONNECTIONS_MAX: i64 = 50;
/// Headers of an HTTP connection.
pub const CONNECTION_HEADERS_MAX: usize = 20;
/// The value of such a header.
pub const HEADER_BYTES_MAX: usize = 4 * 1024;
/// Labels that a Jira connection gives its issues.
pub const JIRA_LABELS_MAX: usize = 20;
/// The body template of an HTTP connection: 64 KB.
pub const BODY_TEMPLATE_BYTES_MAX: usize = 64 * 1024;
/// Seconds that an HTTP connection may be given: when nothing is said, and at most.
pub const CONNECTION_SECONDS: (i64, i64) = (15, 30);
/// Placeholders of one template.
pub const PLACEHOLDERS_MAX: usize = 200;
/// Code points of the value of a placeholder.
pub const PLACEHOLDER_CHARS_MAX: usize = 10_000;
/// Open live streams of one API key or member (API 15.2).
pub const STREAMS_MAX: usize = 100;
/// Open live streams of one process; each holds a connection.
pub const STREAMS_OF_PROCESS_MAX: usize = 10_000;
/// How long a live stream lasts: 60 minutes (API 15.2).
pub const STREAM_MS: i64 = 60 * 60 * 1000;
/// How often a live stream carries a comment, so that nobody on the way takes it for dead (API 15.2).
pub const STREAM_PING_MS: i64 = 15 * 1000;
/// How often the credentials of live streams are looked at, beside the moments when this process changes one.
pub const STREAM_ACCESS_MS: i64 = 15 * 1000;
/// How many milliseconds the reader of a live stream may be behind, and for how long it may take nothing.
pub const STREAM_BEHIND_MS: i64 = 30 * 1000;
/// How many bytes the reader of a live stream may be behind: all streams of a brand share this buffer.
pub const STREAM_BEHIND_BYTES: usize = 8 * 1024 * 1024;
/// Events that one reading for live streams takes from the log.
pub const STREAM_READ_MAX: i64 = 100;
/// Events that a stream which begins behind reads at a time: it keeps them until its reader has taken them.
pub const STREAM_CATCH_UP: i64 = 20;
/// How long somebody stays at a ticket who does not say it again (API 15.5).
pub const PRESENCE_MS: i64 = 30 * 1000;
/// Members at tickets that one process knows; more are not noted.
pub const PRESENCES_MAX: usize = 20_000;
/// Automations of a brand.
pub const AUTOMATIONS_MAX: i64 = 200;
/// Events that start one automation.
pub const TRIGGER_EVENTS_MAX: usize = 20;
/// Conditions in each of the two lists of an automation.
pub const CONDITIONS_MAX: usize = 20;
/// Values that one condition compares with.
pub const CONDITION_VALUES_MAX: usize = 100;
/// Code points of a value that a condition compares with.
pub const CONDITION_CHARS_MAX: usize = 1_000;
/// Actions of an automation.
pub const ACTIONS_MAX: usize = 10;
/// Code points of a text for Slack (API 18).
pub const SLACK_TEXT_MAX: usize = 3_000;
/// Code points of the summary of a Jira issue.
pub const JIRA_SUMMARY_MAX: usize = 255;
/// Code points of the description of a Jira issue.
pub const JIRA_DESCRIPTION_MAX: usize = 30_000;
/// Whom one action mails.
pub const MAIL_TO_MAX: usize = 20;
/// Code points of the subject of a mail.
pub const MAIL_SUBJECT_MAX: usize = 200;
/// Runs for one ticket within an hour (API 18).
pub const TICKET_RUNS_MAX: i64 = 100;
/// The hour of [`TICKET_RUNS_MAX`].
pub const TICKET_RUNS_MS: i64 = 60 * 60 * 1000;
/// How long a run is kept: 30 days.
pub const RUN_KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// Code points of what is kept of an error.
pub const RUN_ERROR_CHARS: usize = 500;
/// Tickets of one brand that one step of the timer finds overdue: each is an event.
pub const OVERDUE_STEP: i64 = 20;
/// Mails that one step gives up.
pub const MAIL_STEP: i64 = 500;
/// How long a mail may have waited when there is first somebody to send it: 24 hours.
pub const MAIL_WAITS_MS: i64 = 24 * 60 * 60 * 1000;
/// Messages of its thread that a mail names (API 20.4 says none; RFC 5322 3.6.4 lets clients cut).
pub const MAIL_THREAD_MAX: i64 = 20;
/// When a mail that a relay did not take for now is tried again, after each attempt (API 20.4).
pub const MAIL_RETRY_MS: [i64; 6] = [60_000, 300_000, 1_800_000, 7_200_000, 28_800_000, 86_400_000];
/// How long one attempt to send a mail may take; behind that somebody else may try.
pub const MAIL_SENDING_MS: i64 = 180_000;
/// Mails that are sent at the same time: of sixteen brands whose relays are slow.
pub const MAIL_SENDING_MAX: usize = 64;
/// Mails of one brand that are sent at the same time: a relay that is slow keeps only its own brand waiting.
pub const MAIL_SENDING_PER_BRAND: usize = 4;
/// Characters of what a relay says that are kept.
pub const MAIL_REASON_MAX: usize = 500;
/// An address gets one automatic answer in this time (API 20.2), and one mail about quarantined messages (API 21).
pub const MAIL_ONCE_PER_MS: i64 = 3_600_000;
/// Events that are looked at in one step for whom to tell of them.
pub const NOTIFIED_STEP: i64 = 200;
/// Bytes of an incoming message that are kept in the database: 128 KB. Larger ones lie in the file store.
pub const MAIL_INLINE_BYTES_MAX: usize = 128 * 1024;
/// Bytes that `mail.max_message_mb` may allow: 100 MB.
pub const MAIL_MB_MAX: u64 = 100;
/// Days that `mail.raw_retention_days` may say: ten years.
pub const MAIL_RAW_DAYS_MAX: i64 = 3_650;
/// How long one attempt to read an incoming message may take before another one begins: two minutes.
pub const MAIL_LEASE_MS: i64 = 2 * 60 * 1000;
/// How long after a failure of ours an incoming message is looked at again.
pub const MAIL_AGAIN_MS: i64 = 30 * 1000;
/// Attempts to read a message that ended without a word: it may be what ends us, and is kept for an admin.
pub const MAIL_READINGS_MAX: i64 = 5;
/// Messages that are looked for at once, and those that one process looks at at the same time: most of that time it waits for name servers.
pub const MAIL_CLAIM: i64 = 64;
/// See [`MAIL_CLAIM`].
pub const MAIL_LOOKS_MAX: usize = 32;
/// Messages of one sender that a brand takes within an hour (API 20.2); what comes beyond is kept for an admin.
pub const MAIL_PER_HOUR_MAX: i64 = 50;
/// How long the address to answer a mail works: one year (API 20.2).
pub const REPLY_TOKEN_MS: i64 = 365 * 24 * 60 * 60 * 1000;
/// Tickets that were merged one into the other which a message is led through.
pub const MAIL_MERGES_MAX: usize = 20;
/// Files of a message that are kept (API 20.2).
pub const MAIL_FILES_MAX: usize = 50;
/// Addresses of a message in each list that is kept.
pub const MAIL_ADDRESSES_MAX: usize = 50;
/// Bytes of the uncut text of a message in `metadata.fullText`: what fits beside the rest. The raw message has all of it.
pub const MAIL_FULL_TEXT_BYTES_MAX: usize = 40 * 1024;
/// Recipients of the envelope of a message that are kept.
pub const MAIL_ENVELOPE_MAX: usize = 100;
/// Within how long a ticket has one survey: 7 days (API 24).
pub const SURVEY_EVERY_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// How long a survey can be answered once it was mailed: 30 days (API 24).
pub const SURVEY_OPEN_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// How many minutes a survey may wait before it is mailed: a week (API 4).
pub const SURVEY_DELAY_MINUTES_MAX: i64 = 10_080;
/// Surveys of one brand that one step mails or lets expire.
pub const SURVEY_STEP: i64 = 20;
/// Code points of what is written beside a rating (API 24).
pub const FEEDBACK_COMMENT_MAX: usize = 1_000;
/// How long a portal token works: 60 minutes (API 22).
pub const PORTAL_TOKEN_MS: i64 = 60 * 60 * 1000;
/// For how long portal tokens can be renewed after a sign-in: 7 days (API 22).
pub const PORTAL_SIGNED_IN_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// How long a mailed link to the portal works: 15 minutes (API 22).
pub const PORTAL_LINK_MS: i64 = 15 * 60 * 1000;
/// Portal tokens of one customer; a new one ends the oldest beyond them.
pub const PORTAL_SESSIONS_MAX: i64 = 100;
/// Links to the portal that one step of the worker looks at.
pub const PORTAL_LINK_STEP: i64 = 100;
/// Comments of a ticket in the portal, the newest.
pub const PORTAL_COMMENTS_MAX: i64 = 1_000;
/// Items of a page in the portal: when nothing is said, and at most (API 1.4).
pub const PORTAL_PAGE: (i64, i64) = (20, 50);
/// Surveys of a ticket in one answer, the newest: more than 7 years of them.
pub const SURVEYS_SHOWN_MAX: i64 = 400;
/// Bytes of the files that one mail carries, in all: 10 MB. As mail they take a third more, and common servers take 20 to 25 MB.
pub const MAIL_FILES_BYTES_MAX: i64 = 10 * 1024 * 1024;
/// Seconds between two looks into a mailbox: at least, and at most.
pub const MAILBOX_POLL_SECONDS: (i64, i64) = (30, 3_600);
/// The same when nothing is said.
pub const MAILBOX_POLL_SECONDS_DEFAULT: i64 = 60;
/// Characters of a password or token of a mailbox.
pub const MAILBOX_SECRET_CHARS_MAX: usize = 4_096;
/// How long a mailbox belongs to whoever looks into it, from each message on: three minutes.
pub const MAILBOX_LEASE_MS: i64 = 3 * 60 * 1000;
/// How long after a failure a mailbox is looked into again, unless it is looked into even less often: five minutes.
pub const MAILBOX_AGAIN_MS: i64 = 5 * 60 * 1000;
/// Mailboxes that one process looks into at once.
pub const MAILBOX_LOOKS_MAX: usize = 4;
