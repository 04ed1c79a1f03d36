//! Free ports on loopback.

use std::net::TcpListener;

use crate::error::Result;

/// `wanted`, or a free port when that is 0.
pub fn choose(wanted: u16) -> Result<u16> {
    if wanted != 0 {
        return Ok(wanted);
    }
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
