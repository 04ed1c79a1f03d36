//! What a credential that was shown a while ago still gives: for answers that go on for long.

use dispatch_model::{KeyId, Timestamp};
use dispatch_store::{self as store, Tx};

use crate::{Caller, OwnSession, Result};

/// The caller as it is now; none when the key or the session that it has shown has ended.
///
/// # Errors
/// When the database cannot answer.
pub async fn renewed(tx: &Tx, caller: &Caller, now: Timestamp) -> Result<Option<Caller>> {
    if let Some(own) = &caller.session {
        let session = store::sessions::by_id(tx, &own.session.id, now).await?;
        return Ok(session.map(|session| Caller::member(OwnSession { session, ..own.clone() })));
    }
    let key = store::api_keys::get(tx, &caller.account, &KeyId::from(caller.credential.as_str())).await?;
    let key = key.filter(|key| key.expires_at.is_none_or(|at| at > now));
    Ok(key.map(|key| Caller::api_key(caller.account.clone(), &key)))
}
