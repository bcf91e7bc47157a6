//! Addresses as the connection's form takes them.

use kinora::{BaseUrl, Connection, HostKind};

use super::word;

/// A relay, by its address or else at the page's own.
pub(super) fn of_relay(text: &str, page: &str) -> Result<Connection, String> {
    let base = match text.trim() {
        "" => page,
        text => text,
    };
    let base = reachable(base, page)?;
    if base.as_str() == BaseUrl::RUNCOMFY {
        return Err(word::NO_RELAY.to_owned());
    }
    Ok(Connection::new(base, HostKind::Kinora))
}

pub(super) fn of_direct(text: &str, page: &str) -> Result<Connection, String> {
    Ok(Connection::new(reachable(text, page)?, HostKind::RunComfy))
}

/// A base that the page's policy lets it ask: `https:` anywhere, this machine by two of its names,
/// and the page's own host. A policy has no words for the other names:
/// <https://www.w3.org/TR/CSP3/#framework-directive-source-list>
pub(super) fn reachable(text: &str, page: &str) -> Result<BaseUrl, String> {
    let base = BaseUrl::parse(text).map_err(|problem| problem.to_string())?;
    let place = origin(base.as_str());
    let is_named = place.starts_with("https:") || NAMED.iter().any(|name| is_at(place, name));
    if is_named || place == origin(page) {
        Ok(base)
    } else {
        Err(word::OTHER_NAME.to_owned())
    }
}

/// Whether a place is a host on any port.
fn is_at(place: &str, host: &str) -> bool {
    let port = place.strip_prefix(host);
    port.is_some_and(|port| port.is_empty() || port.starts_with(':'))
}

/// Scheme, host and port.
pub(super) fn origin(address: &str) -> &str {
    let ends = address.match_indices('/').map(|(at, _)| at);
    let end = ends.into_iter().nth(2).unwrap_or(address.len());
    address.get(..end).unwrap_or(address)
}

/// This machine as `index.html` names it in the page's policy.
const NAMED: [&str; 2] = ["http://127.0.0.1", "http://localhost"];
