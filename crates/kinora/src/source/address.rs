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
    let mut groups = Groups::default();
    let mut rest = text;
    if let Some(after) = rest.strip_prefix("::") {
        groups.gap = Some(0);
        rest = after;
    }
    while !rest.is_empty() {
        let Some((word, after)) = ascii::cut(rest, b':') else {
            groups.take(rest, true)?;
            break;
        };
        groups.take(word, false)?;
        if after.is_empty() {
            return None;
        }
        rest = after;
        if let Some(after) = rest.strip_prefix(':') {
            if groups.gap.replace(groups.count).is_some() {
                return None;
            }
            rest = after;
        }
    }
    groups.whole()
}

/// What has been read of an IPv6 address.
#[derive(Default)]
struct Groups {
    read: [u16; 8],
    count: usize,
    /// How many groups stand before the `::`.
    gap: Option<usize>,
}

impl Groups {
    /// One word; the last may be an IPv4 address, which is two groups.
    fn take(&mut self, word: &str, last: bool) -> Option<()> {
        match v4(word) {
            Some([a, b, c, d]) if last => {
                self.push(u16::from_be_bytes([a, b]))?;
                self.push(u16::from_be_bytes([c, d]))
            }
            _ => self.push(group(word)?),
        }
    }

    fn push(&mut self, group: u16) -> Option<()> {
        *self.read.get_mut(self.count)? = group;
        self.count += 1;
        Some(())
    }

    /// All eight, with zeros where the `::` stands, which is for one group at least.
    fn whole(self) -> Option<[u16; 8]> {
        let Some(gap) = self.gap else {
            return (self.count == 8).then_some(self.read);
        };
        if self.count == 8 {
            return None;
        }
        let mut whole = [0; 8];
        for (place, group) in self.read.iter().take(self.count).enumerate() {
            let place = if place < gap {
                place
            } else {
                place + 8 - self.count
            };
            *whole.get_mut(place)? = *group;
        }
        Some(whole)
    }
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
