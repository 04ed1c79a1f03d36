//! Which addresses the server calls for others: only those of the public network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// A target that is not called: its address is not public, or the URL hides something. The text is all that the outside
/// is told; it says nothing of what an address resolves to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("target address not allowed")
    }
}

impl std::error::Error for Refused {}

/// What the host of a URL says by itself. The parser has turned every way of writing an IPv4 address (decimal, octal,
/// hexadecimal, short) into the address.
///
/// # Errors
/// [`Refused`] when it is an address that is not public, or a name of this machine.
pub(crate) fn check_host(url: &Url) -> Result<(), Refused> {
    match url.host() {
        Some(Host::Ipv4(address)) => check([IpAddr::V4(address)]),
        Some(Host::Ipv6(address)) => check([IpAddr::V6(address)]),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            if name == "localhost" || name.ends_with(".localhost") || name.is_empty() { Err(Refused) } else { Ok(()) }
        }
        None => Err(Refused),
    }
}

/// Whether all addresses that a name resolves to may be called.
///
/// # Errors
/// [`Refused`] when one of them may not.
pub(crate) fn check(addresses: impl IntoIterator<Item = IpAddr>) -> Result<(), Refused> {
    if addresses.into_iter().all(is_public) { Ok(()) } else { Err(Refused) }
}

/// Whether an address is one of the public network (the registries of RFC 6890 as of 2025).
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let within = |network: [u8; 4], bits: u32| {
        address.to_bits() >> (32 - bits) == Ipv4Addr::from(network).to_bits() >> (32 - bits)
    };
    let special = [
        ([0, 0, 0, 0], 8),        // this network
        ([10, 0, 0, 0], 8),       // private
        ([100, 64, 0, 0], 10),    // carriers' own
        ([127, 0, 0, 0], 8),      // loopback
        ([169, 254, 0, 0], 16),   // link-local, metadata of clouds
        ([168, 63, 129, 16], 32), // what Azure's machines ask for their keys
        ([172, 16, 0, 0], 12),    // private
        ([192, 0, 0, 0], 24),     // protocols
        ([192, 0, 2, 0], 24),     // documentation
        ([192, 88, 99, 0], 24),   // 6to4 relays
        ([192, 168, 0, 0], 16),   // private
        ([198, 18, 0, 0], 15),    // benchmarks
        ([198, 51, 100, 0], 24),  // documentation
        ([203, 0, 113, 0], 24),   // documentation
        ([224, 0, 0, 0], 4),      // multicast
        ([240, 0, 0, 0], 4),      // reserved, broadcast
    ];
    !special.into_iter().any(|(network, bits)| within(network, bits))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, high, low] = address.segments();
    let inner = Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match [a, b, c, d, e, f] {
        // Mapped (::ffff:0:0/96) and translated (64:ff9b::/96): what they stand for decides.
        [0, 0, 0, 0, 0, 0xffff] | [0x64, 0xff9b, 0, 0, 0, 0] => is_public_v4(inner),
        // 6to4 (2002::/16) is routed to the address inside.
        [0x2002, high, low, ..] => is_public_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low))),
        // Teredo, benchmarks, ORCHID (2001::/23); documentation (2001:db8::/32, 3fff::/20).
        [0x2001, second, ..] if second < 0x0200 || second == 0x0db8 => false,
        [0x3fff, second, ..] if second < 0x1000 => false,
        // Everything else outside of 2000::/3 is loopback, local, multicast or not given out.
        [first, ..] => first >> 13 == 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(url: &str) -> Result<(), Refused> {
        check_host(&Url::parse(url).expect("a url"))
    }

    #[test]
    fn every_way_of_writing_a_private_address_is_seen() {
        for url in [
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://0x7f.0.0.1/",
            "https://0177.0.0.1/",
            "https://017700000001/",
            "https://127.0.0.1./",
            "https://0/",
            "https://10.1.2.3/",
            "https://169.254.169.254/latest/meta-data",
            "https://100.100.100.200/latest/meta-data",
            "https://168.63.129.16/machine/?comp=goalstate",
            "https://[fd00:ec2::254]/latest/meta-data",
            "https://[::1]/",
            "https://[::]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:7f00:1]/",
            "https://[::127.0.0.1]/",
            "https://[64:ff9b::10.0.0.1]/",
            "https://[64:ff9b:1::1]/",
            "https://[2002:7f00:1::]/",
            "https://[fe80::1]/",
            "https://[fec0::1]/",
            "https://[fc00::1]/",
            "https://[fd12:3456::1]/",
            "https://[ff02::1]/",
            "https://[2001:db8::1]/",
            "https://[2001:0:1::1]/",
            "https://[100::1]/",
            "https://localhost/",
            "https://LOCALHOST./",
            "https://x.localhost/",
            "https://\u{2488}27.0.0.1/", // "1.27.0.0.1" in one of the forms that Unicode folds
            "https://①②⑦.0.0.1/",
        ] {
            let Ok(read) = Url::parse(url) else { continue }; // no host at all
            assert_eq!(check_host(&read), Err(Refused), "{url} is {read}");
        }
    }

    #[test]
    fn the_ends_of_each_network_are_where_they_should_be() {
        for (inside, outside) in [
            ("0.255.255.255", "1.0.0.0"),
            ("10.255.255.255", "11.0.0.0"),
            ("100.127.255.255", "100.128.0.0"),
            ("169.254.0.0", "169.253.255.255"),
            ("172.31.255.255", "172.32.0.0"),
            ("168.63.129.16", "168.63.129.17"),
            ("168.63.129.16", "168.63.129.15"),
            ("172.16.0.0", "172.15.255.255"),
            ("192.168.255.255", "192.169.0.0"),
            ("198.19.255.255", "198.20.0.0"),
            ("224.0.0.0", "223.255.255.255"),
            ("2001:1ff:ffff::", "2001:200::"),
            ("3fff:fff::", "3fff:1000::"),
            ("1fff::", "2000::1"),
            ("4000::", "3ffe::1"),
            ("::ffff:10.0.0.1", "::ffff:8.8.8.8"),
            ("64:ff9b::10.0.0.1", "64:ff9b::8.8.8.8"),
        ] {
            let public = |text: &str| is_public(text.parse().expect("an address"));
            assert!(!public(inside) && public(outside), "{inside} {outside}");
        }
    }

    #[test]
    fn public_targets_pass() {
        for url in
            ["https://8.8.8.8/", "https://hooks.example.com/in", "https://[2606:4700::1111]/", "https://134744072/"]
        {
            assert_eq!(host(url), Ok(()), "{url}");
        }
    }

    proptest::proptest! {
        /// Whatever an address is written as inside IPv6, what it stands for decides.
        #[test]
        fn a_mapped_address_is_as_public_as_its_own(bits: u32) {
            let v4 = Ipv4Addr::from(bits);
            proptest::prop_assert_eq!(is_public(v4.to_ipv6_mapped().into()), is_public(v4.into()));
        }
    }
}
