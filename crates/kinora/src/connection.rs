//! Where requests are sent, and whose service that is.

use crate::{BaseUrl, IntentId, Reach};

/// A service that jobs are sent to: a place, and whose it is.
///
/// The two are joined once and stay together, so that nothing meant for one host is sent to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    base: BaseUrl,
    host: HostKind,
}

impl Connection {
    /// The in-page demo's address. Nothing is ever sent there: the page answers itself.
    pub const DEMO: &'static str = "https://demo.kinora.invalid";

    /// The service at this base, which the person or a configuration says is of this kind.
    ///
    /// Two places are what they are, whatever is said: the demo's is ours, and
    /// [`BaseUrl::RUNCOMFY`] is RunComfy's, where our header would only make browsers refuse.
    pub fn new(base: BaseUrl, host: HostKind) -> Self {
        let host = match base.as_str() {
            Self::DEMO => HostKind::Kinora,
            BaseUrl::RUNCOMFY => HostKind::RunComfy,
            _ => host,
        };
        Self { base, host }
    }

    /// The demo inside this page.
    pub fn demo() -> Self {
        Self::new(BaseUrl::demo(), HostKind::Kinora)
    }

    /// Where it lives.
    pub fn base(&self) -> &BaseUrl {
        &self.base
    }

    /// Whose it is.
    pub fn host(&self) -> HostKind {
        self.host
    }

    /// Who fetches the images that are sent over this connection.
    pub fn reach(&self) -> Reach {
        if self.base.as_str() == Self::DEMO {
            Reach::Page
        } else if self.base.is_loopback() {
            Reach::Loopback
        } else {
            Reach::Internet
        }
    }

    pub(crate) fn intent_header(&self, intent: &IntentId) -> Option<String> {
        (self.host == HostKind::Kinora).then(|| intent.as_str().to_owned())
    }
}

/// Whether a service understands what Kinora adds to RunComfy's protocol. A person or a
/// configuration says so; it is never guessed, since the extra header costs a CORS preflight that
/// other hosts refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostKind {
    /// One of ours (demo, emulator, relay): a repeated intent gets the first answer again.
    Kinora,
    /// RunComfy itself, or anyone who speaks its protocol.
    RunComfy,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(base: &str, said: HostKind, wanted: HostKind) {
        let base = BaseUrl::parse(base).expect("a base");
        assert_eq!(Connection::new(base, said).host(), wanted);
    }

    #[test]
    fn a_service_is_of_the_kind_that_is_said() {
        for host in [HostKind::Kinora, HostKind::RunComfy] {
            check("https://relay.example.com", host, host);
            check("http://127.0.0.1:8787", host, host);
        }
    }

    #[test]
    fn the_demo_and_runcomfy_are_what_they_are() {
        for said in [HostKind::Kinora, HostKind::RunComfy] {
            check(Connection::DEMO, said, HostKind::Kinora);
            check(BaseUrl::RUNCOMFY, said, HostKind::RunComfy);
            check(
                "https://model-api.runcomfy.net/v1",
                said,
                HostKind::RunComfy,
            );
        }
    }

    #[test]
    fn who_fetches_the_images_follows_from_the_place() {
        let reach =
            |base| Connection::new(BaseUrl::parse(base).expect("a base"), HostKind::Kinora).reach();
        assert_eq!(Connection::demo().reach(), Reach::Page);
        assert_eq!(reach("http://127.0.0.1:8787"), Reach::Loopback);
        assert_eq!(reach("https://relay.example.com"), Reach::Internet);
    }
}
