//! Where jobs are sent.

use kinora::{BaseUrl, Connection, HostKind};
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
    pub(crate) connection: Signal<Option<Connection>>,
    set_base: WriteSignal<String>,
    set_token: WriteSignal<String>,
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

impl Service {
    pub(super) fn new() -> Self {
        let mode = RwSignal::new(Mode::Demo);
        let host = RwSignal::new(HostKind::Kinora);
        let (base, set_base) = signal("http://127.0.0.1:8787".to_owned());
        let (token, set_token) = signal(String::new());
        let base_problem = Memo::new(move |_| {
            let problem = BaseUrl::parse(&base.read()).err();
            problem.map(|problem| problem.to_string())
        });
        let connection = Memo::new(move |_| match mode.get() {
            Mode::Demo => BaseUrl::parse(Connection::DEMO).ok().map(kinora_host),
            Mode::Service => BaseUrl::parse(&base.read()).ok().map(|base| Connection {
                base,
                host: host.get(),
            }),
        });
        Self {
            mode,
            host,
            base,
            token,
            base_problem: base_problem.into(),
            token_problem: Signal::derive(|| None),
            connection: connection.into(),
            set_base,
            set_token,
        }
    }

    /// Takes another address. A token that was for another origin is forgotten.
    pub(crate) fn set_base(self, text: String) {
        let origin = |text: &str| BaseUrl::parse(text).ok().map(|base| origin(&base));
        if origin(&text) != origin(&self.base.read_untracked()) {
            self.set_token.set(String::new());
        }
        self.set_base.set(text);
    }

    /// Takes a token.
    pub(crate) fn set_token(self, text: String) {
        self.set_token.set(text);
    }
}

fn kinora_host(base: BaseUrl) -> Connection {
    Connection {
        base,
        host: HostKind::Kinora,
    }
}

/// Scheme, host and port.
fn origin(base: &BaseUrl) -> String {
    base.as_str()
        .splitn(4, '/')
        .take(3)
        .collect::<Vec<_>>()
        .join("/")
}
