//! Who calls, as budgets tell callers apart.

use core::net::IpAddr;

/// The name of a caller by the address that its connection comes from, and by `X-Forwarded-For` as
/// far as it was written by `proxies`. Of IPv6 it is the network, for a caller has a whole one.
pub fn caller(peer: IpAddr, forwarded_for: Option<&str>, proxies: &[IpAddr]) -> String {
    let given = forwarded_for.unwrap_or_default().rsplit(',');
    let hops = given.map_while(|hop| hop.trim().parse::<IpAddr>().ok());
    let mut caller = peer.to_canonical();
    for hop in hops {
        if !proxies.contains(&caller) {
            break;
        }
        caller = hop.to_canonical();
    }
    match caller {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(peer: &str, forwarded_for: Option<&str>, wanted: &str) {
        let proxies = ["127.0.0.1", "10.0.0.2"].map(|text| text.parse().unwrap());
        assert_eq!(
            caller(peer.parse().unwrap(), forwarded_for, &proxies),
            wanted
        );
    }

    #[test]
    fn only_a_proxy_is_believed() {
        check("9.9.9.9", Some("1.1.1.1"), "9.9.9.9");
        check("127.0.0.1", Some("1.1.1.1"), "1.1.1.1");
        check("127.0.0.1", Some("8.8.8.8, 1.1.1.1"), "1.1.1.1");
        check("127.0.0.1", Some("1.1.1.1, 10.0.0.2"), "1.1.1.1");
        check("127.0.0.1", Some("nonsense"), "127.0.0.1");
        check("127.0.0.1", None, "127.0.0.1");
    }

    #[test]
    fn of_ipv6_the_network_counts() {
        check("2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::/64");
        check("::ffff:9.9.9.9", None, "9.9.9.9");
    }
}
