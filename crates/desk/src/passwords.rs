//! Passwords: argon2id. Hashing takes tens of milliseconds on purpose: never inside a transaction.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString},
};
use dispatch_model::Entropy;
use dispatch_store as store;

/// What a hash costs whoever makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Default for Cost {
    /// 19 MiB and two passes by one thread: OWASP's Password Storage Cheat Sheet, argon2id.
    fn default() -> Self {
        Self { memory_kib: 19_456, passes: 2 }
    }
}

/// The hash of a password, with its salt and its cost in it.
///
/// # Errors
/// When the cost is none that argon2 knows.
pub fn hash(password: &str, cost: Cost, entropy: &Entropy) -> store::Result<String> {
    let wrong = |what: String| store::Error::Bug(format!("a password could not be hashed: {what}"));
    let params = Params::new(cost.memory_kib, cost.passes, 1, None).map_err(|error| wrong(error.to_string()))?;
    let salt = SaltString::encode_b64(&entropy.bytes::<16>()).map_err(|error| wrong(error.to_string()))?;
    let hashed = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password(password.as_bytes(), &salt);
    hashed.map(|hash| hash.to_string()).map_err(|error| wrong(error.to_string()))
}

/// Whether a password is the one behind a hash. It takes as long as the hash says.
#[must_use]
pub fn fits(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_alone() {
        let (cost, entropy) = (Cost { memory_kib: 8, passes: 1 }, Entropy::seeded(7));
        let one = hash("correct horse", cost, &entropy).expect("a hash");
        let other = hash("correct horse", cost, &entropy).expect("a hash");
        assert!(one.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{one}");
        assert_ne!(one, other, "each has a salt of its own");
        assert!(fits("correct horse", &one) && fits("correct horse", &other));
        assert!(!fits("correct horsf", &one) && !fits("", &one) && !fits("correct horse", "nonsense"));
        let known = hash("correct horse", Cost::default(), &entropy).expect("a hash");
        assert!(known.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "what OWASP asks for: {known}");
    }
}
