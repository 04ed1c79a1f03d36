//! Statements: one text for both databases, with `$n` placeholders.

use crate::Dialect;

/// One statement.
#[derive(Debug)]
pub struct Sql {
    /// The text for PostgreSQL, as it was written.
    pub postgres: &'static str,
    /// The text for SQLite, which numbers `$n` by first appearance and `?n` as they say.
    pub sqlite: &'static str,
    /// The one database that it is for, where they have nothing in common: full text.
    pub only: Option<Dialect>,
}

impl Sql {
    /// Whether this database is ever asked it.
    #[must_use]
    pub fn is_for(&self, dialect: Dialect) -> bool {
        self.only.is_none_or(|only| only == dialect)
    }
}

/// `text` with `?` for every `$`, made by the compiler. Statements hold no other dollar signs (a test looks).
///
/// # Panics
/// Never at run time: `N` is the length of `text`, checked while compiling.
#[must_use]
pub const fn question_marks<const N: usize>(text: &str) -> [u8; N] {
    let bytes = text.as_bytes();
    let mut out = [0; N];
    let mut at = 0;
    while at < N {
        out[at] = if bytes[at] == b'$' { b'?' } else { bytes[at] };
        at += 1;
    }
    out
}

/// Declares the statements of a file, and the list `ALL` of them. Those behind `only Sqlite;` or `only Postgres;` are never
/// put to the other database.
#[macro_export]
macro_rules! statements {
    (only $dialect:ident; $($rest:tt)*) => {
        $crate::statements! { @ Some($crate::Dialect::$dialect); $($rest)* }
    };
    (@ $only:expr; $( $(#[$doc:meta])* $name:ident = $text:expr; )*) => {
        $(
            $(#[$doc])*
            pub(crate) static $name: $crate::sql::Sql = {
                const TEXT: &str = $text;
                const BYTES: [u8; TEXT.len()] = $crate::sql::question_marks(TEXT);
                $crate::sql::Sql {
                    postgres: TEXT,
                    sqlite: match std::str::from_utf8(&BYTES) {
                        Ok(text) => text,
                        Err(_) => panic!("statements are UTF-8"),
                    },
                    only: $only,
                }
            };
        )*
        /// Every statement of this file.
        pub(crate) static ALL: &[&$crate::sql::Sql] = &[$( &$name ),*];
    };
    ($($rest:tt)*) => {
        $crate::statements! { @ None; $($rest)* }
    };
}
