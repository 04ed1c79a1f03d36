//! Whose an address is, as far as limits are concerned.

use std::net::{IpAddr, Ipv6Addr};

/// The bits of an IPv6 address that a network is given out by: within them everybody has as many addresses as they like.
const V6_BITS: u32 = 64;

/// What limits per address count by: an IPv4 address itself, and of an IPv6 address its network of 64 bits. An IPv4 address that
/// is written as an IPv6 one is that.
#[must_use]
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> (128 - V6_BITS) << (128 - V6_BITS))),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_a_network_counts_once() {
        let of = |text: &str| network(text.parse().expect("an address")).to_string();
        assert_eq!(of("2001:db8:1:2:ffff:1:2:3"), "2001:db8:1:2::");
        assert_eq!(of("2001:db8:1:2::9"), of("2001:db8:1:2:8000::"));
        assert_ne!(of("2001:db8:1:2::9"), of("2001:db8:1:3::9"));
        assert_eq!((of("192.0.2.7"), of("::ffff:192.0.2.7")), ("192.0.2.7".to_owned(), "192.0.2.7".to_owned()));
        assert_ne!(of("192.0.2.7"), of("192.0.2.8"));
    }
}
