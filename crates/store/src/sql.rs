//! Statements: one text for both databases, with `$n` placeholders.

/// One statement.
#[derive(Debug)]
pub struct Sql {
    /// The text for PostgreSQL, as it was written.
    pub postgres: &'static str,
    /// The text for SQLite, which numbers `$n` by first appearance and `?n` as they say.
    pub sqlite: &'static str,
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

/// Declares the statements of a file, and the list `ALL` of them.
#[macro_export]
macro_rules! statements {
    ($( $(#[$doc:meta])* $name:ident = $text:expr; )*) => {
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
                }
            };
        )*
        /// Every statement of this file.
        pub(crate) static ALL: &[&$crate::sql::Sql] = &[$( &$name ),*];
    };
}
