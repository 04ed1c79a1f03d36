//! `indexes`.
use crate::cli::IndexesArgs;
use crate::error::Result;
/// x
pub fn indexes(_args: &IndexesArgs) -> Result<bool> {
    Ok(true)
}
