//! Hosts: what can be one, and which of them the service can reach.

use super::address;
use crate::ascii;
use crate::number::whole;

/// Whether a host (lower case, IPv6 in brackets) is this very machine.
/// <https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy>
pub(crate) fn is_loopback(host: &str) -> bool {
    let v4 = address::v4(host).is_some_and(|[first, ..]| first == 127);
    v4 || host == "localhost" || host.ends_with(".localhost") || host == "[::1]"
}

/// The host of an authority without user info, if it can be one and its port is one.
pub(super) fn host_of(authority: &str) -> Option<&str> {
    let end = match ascii::cut_last(authority, b']') {
        Some((before, _)) => before.len() + 1,
        None => ascii::cut(authority, b':').map_or(authority.len(), |(host, _)| host.len()),
    };
    let (host, port) = authority.split_at_checked(end)?;
    let port_is_fine = match port.strip_prefix(':') {
        Some(digits) => whole(digits).is_some_and(|port| port <= PORT_MOST),
        None => port.is_empty(),
    };
    (port_is_fine && is_host(host)).then_some(host)
}

pub(crate) const PORT_MOST: u64 = 65_535;

fn is_host(host: &str) -> bool {
    if let Some(address) = in_brackets(host) {
        return address::v6(address).is_some();
    }
    let mut before = None;
    for sign in host.chars() {
        let is_fine = match sign {
            '.' => before.is_some_and(|before| before != '.'),
            '-' => before.is_some(),
            _ => sign == '_' || sign.is_ascii_alphanumeric() || is_letter(sign),
        };
        if !is_fine {
            return false;
        }
        before = Some(sign);
    }
    before.is_some()
}

fn in_brackets(host: &str) -> Option<&str> {
    host.strip_prefix('[')?.strip_suffix(']')
}

/// Letters of living scripts. Signs that browsers read as others in a host, such as full-width dots
/// and digits in circles, lie elsewhere.
fn is_letter(sign: char) -> bool {
    const SCRIPTS: [core::ops::RangeInclusive<char>; 4] = [
        '\u{c0}'..='\u{1fff}',
        '\u{3041}'..='\u{31ff}',
        '\u{3400}'..='\u{9fff}',
        '\u{ac00}'..='\u{d7a3}',
    ];
    SCRIPTS.iter().any(|script| script.contains(&sign))
}

/// Hosts that no server on the internet can reach: RFC 1918, RFC 6598, RFC 3927, RFC 4193 and
/// the names of local networks (RFC 6762, RFC 8375). Numbers in odd notations count too.
pub(super) fn is_private(host: &str) -> bool {
    if let Some(address) = address::v4(host) {
        return is_private_v4(address);
    }
    if let Some(address) = in_brackets(host) {
        return address::v6(address).is_some_and(is_private_v6);
    }
    let Some((_, last)) = ascii::cut_last(ascii::without_last(host, b'.'), b'.') else {
        return true;
    };
    let numeric = last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x");
    numeric || is_local(last)
}

/// Whether the last part of a name is one of local networks.
pub(super) fn is_local(last: &str) -> bool {
    matches!(
        last,
        "local" | "internal" | "lan" | "home" | "arpa" | "test" | "invalid"
    )
}

fn is_private_v4([a, b, ..]: [u8; 4]) -> bool {
    matches!((a, b), (0 | 10, _) | (192, 168) | (169, 254))
        || (a == 172 && (16..32).contains(&b))
        || (a == 100 && (64..128).contains(&b))
}

fn is_private_v6(groups: [u16; 8]) -> bool {
    let [first, ..] = groups;
    let unique_local = first & 0xfe00 == 0xfc00;
    let link_local = first & 0xffc0 == 0xfe80;
    let this_machine = matches!(groups, [0, 0, 0, 0, 0, 0, 0, 0 | 1]);
    let mapped = match groups {
        [0, 0, 0, 0, 0, 0xffff, high, low] => {
            let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
            a == 127 || is_private_v4([a, b, c, d])
        }
        _ => false,
    };
    this_machine || unique_local || link_local || mapped
}
