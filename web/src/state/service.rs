//! Where jobs are sent.

use kinora::{BaseUrl, Connection, HostKind, Object, Value};
use kinora_browser::{Token, TokenProblem};
use leptos::prelude::*;

/// The connection's form.
#[derive(Clone, Copy)]
pub(crate) struct Service {
    /// The demo, or a service.
    pub(crate) mode: RwSignal<Mode>,
    /// Whose service it is.
    pub(crate) host: RwSignal<HostKind>,
    /// The service's address as it was typed. Change it by [`Service::set_base`].
    pub(crate) base: ReadSignal<String>,
    /// The token as it was typed: in memory only. Change it by [`Service::set_token`].
    pub(crate) token: ReadSignal<String>,
    /// What is wrong with the address, if something is.
    pub(crate) base_problem: Signal<Option<String>>,
    /// What is wrong with the token, if something is.
    pub(crate) token_problem: Signal<Option<String>>,
    /// The connection, while its address can be read.
    pub(crate) connection: Memo<Option<Connection>>,
    set_base: RwSignal<String>,
    set_token: RwSignal<String>,
}

/// The demo, or a service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Rendered in this page.
    #[default]
    Demo,
    /// Sent to a service.
    Service,
}

/// What is kept of the connection: everything but the token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Settings {
    mode: Mode,
    base: String,
    is_runcomfy: bool,
}

impl Settings {
    /// As they are kept.
    pub(super) fn to_value(&self) -> Value {
        Object::new()
            .with("is_service", self.mode == Mode::Service)
            .with("base", self.base.as_str())
            .with("is_runcomfy", self.is_runcomfy)
            .into()
    }

    /// What was kept. Whatever is missing is as on the first visit.
    pub(super) fn of(kept: &Object) -> Self {
        let is = |key| kept.get(key).and_then(Value::as_bool).unwrap_or(false);
        Self {
            mode: if is("is_service") {
                Mode::Service
            } else {
                Mode::Demo
            },
            base: kept.text("base").unwrap_or_default().to_owned(),
            is_runcomfy: is("is_runcomfy"),
        }
    }
}

impl Service {
    pub(super) fn new() -> Self {
        let mode = RwSignal::new(Mode::Demo);
        let host = RwSignal::new(HostKind::Kinora);
        let set_base = RwSignal::new(EMULATOR.to_owned());
        let set_token = RwSignal::new(String::new());
        let (base, token) = (set_base.read_only(), set_token.read_only());
        let base_problem = Memo::new(move |_| {
            let problem = BaseUrl::parse(&base.read()).err();
            problem.map(|problem| problem.to_string())
        });
        let token_problem = Memo::new(move |_| {
            let base = BaseUrl::parse(&base.read()).ok()?;
            match Token::new(&token.read(), base) {
                Ok(_) | Err(TokenProblem::Empty) => None,
                Err(problem) => Some(problem.to_string()),
            }
        });
        let connection = Memo::new(move |_| match mode.get() {
            Mode::Demo => Some(Connection::demo()),
            Mode::Service => {
                let base = BaseUrl::parse(&base.read()).ok();
                base.map(|base| Connection::new(base, host.get()))
            }
        });
        Self {
            mode,
            host,
            base,
            token,
            base_problem: base_problem.into(),
            token_problem: token_problem.into(),
            connection,
            set_base,
            set_token,
        }
    }

    /// Takes another address. A token that was for another origin is forgotten, and a host out on
    /// the internet is ours only when the person says so again.
    pub(crate) fn set_base(self, text: String) {
        if origin(&text) != origin(&self.base.read_untracked()) {
            self.set_token.set(String::new());
            if BaseUrl::parse(&text).is_ok_and(|base| !base.is_loopback()) {
                self.host.set(HostKind::RunComfy);
            }
        }
        self.set_base.set(text);
    }

    /// Takes a token.
    pub(crate) fn set_token(self, text: String) {
        self.set_token.set(text);
    }

    /// The connection, or else the field that is in the way.
    pub(super) fn try_to_send(self) -> Result<Connection, &'static str> {
        if self.mode.get_untracked() == Mode::Service
            && self.token_problem.read_untracked().is_some()
        {
            return Err("token");
        }
        self.connection.get_untracked().ok_or("base")
    }

    /// The token for a base, if it is the one the token was typed for.
    pub(super) fn token_for(self, base: &BaseUrl) -> Option<Token> {
        let typed_for = BaseUrl::parse(&self.base.read_untracked()).ok()?;
        if typed_for != *base {
            return None;
        }
        Token::new(&self.token.read_untracked(), typed_for).ok()
    }

    /// What is to be kept; tracked.
    pub(super) fn settings(self) -> Settings {
        Settings {
            mode: self.mode.get(),
            base: self.base.get(),
            is_runcomfy: self.host.get() == HostKind::RunComfy,
        }
    }

    /// Takes up what was kept.
    pub(super) fn fill(self, settings: Settings) {
        self.mode.set(settings.mode);
        if !settings.base.is_empty() {
            self.set_base(settings.base);
        }
        // After the address, which says nothing of what the person switched on for it.
        self.host.set(if settings.is_runcomfy {
            HostKind::RunComfy
        } else {
            HostKind::Kinora
        });
    }
}

/// Scheme, host and port, as far as the text is an address.
fn origin(text: &str) -> Option<String> {
    let base = BaseUrl::parse(text).ok()?;
    let parts: Vec<_> = base.as_str().split('/').take(3).collect();
    Some(parts.join("/"))
}

/// Where `kinora emulate` listens.
const EMULATOR: &str = "http://127.0.0.1:8787";

#[cfg(test)]
mod tests {
    use super::*;

    fn with_service(test: impl FnOnce(Service)) {
        Owner::new().with(|| test(Service::new()));
    }

    fn base(text: &str) -> BaseUrl {
        BaseUrl::parse(text).unwrap()
    }

    #[test]
    fn another_origin_never_gets_the_token() {
        with_service(|service| {
            service.set_base("https://a.example.com".to_owned());
            service.set_token("secret".to_owned());
            service.set_base("https://a.example.com/path".to_owned());
            assert_eq!(service.token.get_untracked(), "secret");
            service.set_base("https://b.example.com".to_owned());
            assert_eq!(service.token.get_untracked(), "");
        });
    }

    #[test]
    fn a_token_typed_before_the_kept_address_came_is_not_for_that() {
        with_service(|service| {
            service.set_token("secret".to_owned());
            let kept = |base: &str| Settings {
                base: base.to_owned(),
                ..Settings::default()
            };
            service.fill(kept(EMULATOR));
            assert_eq!(service.token.get_untracked(), "secret");
            service.fill(kept("https://a.example.com"));
            assert_eq!(service.token.get_untracked(), "");
            assert_eq!(service.host.get_untracked(), HostKind::Kinora);
        });
    }

    #[test]
    fn a_host_on_the_internet_is_not_taken_for_ours() {
        with_service(|service| {
            let check = |base: &str, host| {
                service.set_base(base.to_owned());
                assert_eq!(service.host.get_untracked(), host, "{base}");
            };
            check("http://localhost:9000", HostKind::Kinora);
            check("https://", HostKind::Kinora);
            check("https://a.example.com", HostKind::RunComfy);
            service.host.set(HostKind::Kinora);
            check("https://a.example.com/path", HostKind::Kinora);
            check("https://b.example.com", HostKind::RunComfy);
        });
    }

    #[test]
    fn a_job_sent_elsewhere_gets_no_token() {
        with_service(|service| {
            service.set_base("https://a.example.com".to_owned());
            service.set_token("secret".to_owned());
            assert!(service.token_for(&base("https://a.example.com")).is_some());
            assert!(service.token_for(&base("https://b.example.com")).is_none());
        });
    }

    #[test]
    fn the_demo_needs_neither_address_nor_token() {
        with_service(|service| {
            service.set_base("nonsense".to_owned());
            assert_eq!(service.try_to_send(), Ok(Connection::demo()));
            service.mode.set(Mode::Service);
            assert_eq!(service.try_to_send(), Err("base"));
        });
    }

    #[test]
    fn a_token_that_cannot_be_one_is_not_sent() {
        with_service(|service| {
            service.mode.set(Mode::Service);
            assert!(service.try_to_send().is_ok());
            service.set_token("two words".to_owned());
            assert_eq!(service.try_to_send(), Err("token"));
            assert!(service.token_problem.get_untracked().is_some());
        });
    }

    #[test]
    fn settings_are_kept_without_the_token() {
        with_service(|service| {
            service.mode.set(Mode::Service);
            service.host.set(HostKind::RunComfy);
            service.set_base("https://a.example.com".to_owned());
            service.set_token("secret".to_owned());
            let settings = service.settings();
            let kept = settings.to_value();
            assert!(!format!("{kept:?}").contains("secret"));
            let again = Service::new();
            again.fill(Settings::of(kept.as_object().unwrap()));
            assert_eq!(again.settings(), settings);
        });
    }
}
