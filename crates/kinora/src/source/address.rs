//! Numeric hosts. The standard library's readers do the same with three times the code, which
//! every page would load.

use crate::ascii;
use crate::number::whole;

/// The parts of an IPv4 address in its usual form: four decimal numbers without leading zeros.
pub(super) fn v4(text: &str) -> Option<[u8; 4]> {
    let mut address = [0; 4];
    let mut rest = Some(text);
    for place in &mut address {
        let text = rest?;
        let (number, after) = match ascii::cut(text, b'.') {
            Some((number, after)) => (number, Some(after)),
            None => (text, None),
        };
        *place = part(number)?;
        rest = after;
    }
    rest.is_none().then_some(address)
}

/// The groups of an IPv6 address without its brackets.
/// <https://www.rfc-editor.org/rfc/rfc4291#section-2.2>
pub(super) fn v6(text: &str) -> Option<[u16; 8]> {
    let mut whole = [0; 8];
    let Some(gap) = text.as_bytes().windows(2).position(|pair| pair == b"::") else {
        let count = groups(text, true, &mut whole)?;
        return (count == 8).then_some(whole);
    };
    let mut end = [0; 8];
    let before = groups(text.get(..gap)?, false, &mut whole)?;
    let after = groups(text.get(gap + 2..)?, true, &mut end)?;
    // The `::` stands for one group at least.
    let hidden = 8_usize
        .checked_sub(before + after)
        .filter(|hidden| *hidden > 0)?;
    for (place, group) in whole.iter_mut().skip(before + hidden).zip(end) {
        *place = group;
    }
    Some(whole)
}

/// Reads groups, and says how many; the last may be an IPv4 address, which is two.
fn groups(text: &str, may_end_in_v4: bool, into: &mut [u16; 8]) -> Option<usize> {
    let mut count = 0;
    let mut rest = Some(text).filter(|text| !text.is_empty());
    while let Some(text) = rest {
        let (word, after) = match ascii::cut(text, b':') {
            Some((word, after)) => (word, Some(after)),
            None => (text, None),
        };
        rest = after;
        let v4 = v4(word).filter(|_| may_end_in_v4 && after.is_none());
        if let Some([a, b, c, d]) = v4 {
            *into.get_mut(count)? = u16::from_be_bytes([a, b]);
            *into.get_mut(count + 1)? = u16::from_be_bytes([c, d]);
            return Some(count + 2);
        }
        *into.get_mut(count)? = group(word)?;
        count += 1;
    }
    Some(count)
}

fn part(text: &str) -> Option<u8> {
    let plain = text == "0" || !text.starts_with('0');
    plain.then_some(())?;
    u8::try_from(whole(text)?).ok()
}

fn group(text: &str) -> Option<u16> {
    if text.is_empty() || text.len() > 4 {
        return None;
    }
    let mut group = 0;
    for sign in text.bytes() {
        group = group << 4 | char::from(sign).to_digit(16)? as u16;
    }
    Some(group)
}

#[cfg(test)]
mod tests {
    use core::net::{Ipv4Addr, Ipv6Addr};

    use proptest::prelude::*;

    use super::*;

    fn check(text: &str) {
        let std_v4 = text
            .parse::<Ipv4Addr>()
            .ok()
            .map(|address| address.octets());
        assert_eq!(v4(text), std_v4, "{text}");
        let std_v6 = text
            .parse::<Ipv6Addr>()
            .ok()
            .map(|address| address.segments());
        assert_eq!(v6(text), std_v6, "{text}");
    }

    #[test]
    fn odd_addresses_are_read_as_the_standard_library_does() {
        for text in [
            "",
            "1.2.3.4",
            "1.2.3",
            "1.2.3.4.5",
            "01.2.3.4",
            "256.1.1.1",
            "+1.2.3.4",
            "1..2.3",
            "1.2.3.4.",
            "::",
            "::1",
            "1::",
            "1::2",
            ":::",
            "1:::2",
            "1::2::3",
            ":1",
            "1:",
            "1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7::",
            "::2:3:4:5:6:7:8",
            "1:2:3:4::5:6:7:8",
            "::ffff:1.2.3.4",
            "::1.2.3.4",
            "1.2.3.4::",
            "1:2:3:4:5:6:1.2.3.4",
            "1:2:3:4:5:6:7:1.2.3.4",
            "::1.2.3.4:5",
            "fe80::1%eth0",
            "12345::",
            "g::",
            "::ffff:01.2.3.4",
            "00001::",
        ] {
            check(text);
        }
    }

    proptest! {
        #[test]
        fn any_address_is_read_as_the_standard_library_does(text in "[0-9a-f:.]{0,24}") {
            check(&text);
        }

        #[test]
        fn any_written_address_is_read(address in any::<u128>(), four in any::<u32>()) {
            check(&Ipv6Addr::from_bits(address).to_string());
            check(&Ipv6Addr::from_bits(address & 0xffff_0000_ffff_0000).to_string());
            check(&Ipv4Addr::from_bits(four).to_string());
        }
    }
}
