//! Where jobs are sent: the demo, a relay that keeps the token, or a service with a token of ours.

use kinora::wire::probe::Greeting;
use kinora::{BaseUrl, Connection, HostKind};
use kinora_browser::connect::{Finding, try_direct, try_relay};
use leptos::task::spawn_local;

use super::Watched;
use super::keep::Kept;

mod place;
use place::origin;
mod settings;
pub(super) use settings::Settings;
mod token;
pub(crate) use token::Fate;
use token::Tokens;
mod word;
pub(crate) use word::told;

/// The connection's form, and what is known of the place.
#[derive(Clone, Copy)]
pub(crate) struct Service {
    /// Which of the three. Change it by [`Service::choose`].
    pub(crate) mode: Watched<Mode>,
    /// The address for the mode as it was typed. Change it by [`Service::set_address`].
    pub(crate) address: Watched<String>,
    /// What is wrong with the address, if something is.
    pub(crate) base_problem: Watched<Option<String>>,
    /// What was found at the address.
    pub(crate) look: Watched<Look>,
    /// The tokens: at most one for each base.
    pub(crate) tokens: Tokens,
    /// The connection, while its address can be read.
    pub(crate) connection: Watched<Option<Connection>>,
    page: Watched<String>,
    relay: Watched<String>,
    direct: Watched<String>,
}

/// Where jobs are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Nowhere: rendered in this page.
    #[default]
    Demo,
    /// To a relay of Kinora's, or the emulator.
    Relay,
    /// To a service, with a token that this page has.
    Direct,
}

/// Whether the address was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// Not yet.
    Untried,
    /// It is looked at.
    Trying,
    /// This was found.
    Found(Finding),
}

impl Service {
    /// A connection to nowhere, for a page at this address, which ends with a slash.
    pub(super) fn new(kept: Kept, page: String) -> Self {
        let page = Watched::new(page);
        let mode = Watched::new(Mode::Demo);
        let relay = Watched::new(String::new());
        let direct = Watched::new(BaseUrl::RUNCOMFY.to_owned());
        let read = Watched::of(move || match mode.get() {
            Mode::Demo => Ok(Connection::demo()),
            Mode::Relay => place::of_relay(&relay.read(), &page.read()),
            Mode::Direct => place::of_direct(&direct.read(), &page.read()),
        });
        let connection = Watched::of(move || read.get().ok());
        Self {
            mode,
            address: Watched::of(move || match mode.get() {
                Mode::Demo => String::new(),
                Mode::Relay => relay.get(),
                Mode::Direct => direct.get(),
            }),
            base_problem: Watched::of(move || read.get().err()),
            look: Watched::new(Look::Untried),
            tokens: Tokens::new(connection, kept),
            connection,
            page,
            relay,
            direct,
        }
    }

    /// Takes one of the three, and looks whether it can be used.
    pub(crate) fn choose(self, mode: Mode) {
        self.mode.set(mode);
        self.changed();
        self.check();
    }

    /// Takes another address for the mode. Nothing that was typed for the last one is for this.
    pub(crate) fn set_address(self, text: String) {
        match self.mode.get_untracked() {
            Mode::Demo => return,
            Mode::Relay => self.relay.set(text),
            Mode::Direct => self.direct.set(text),
        }
        self.changed();
    }

    /// Looks at the address once more.
    pub(crate) fn check(self) {
        spawn_local(self.look_at_it());
    }

    /// Looks at the address, unless that was done already.
    pub(crate) fn check_once(self) {
        if *self.look.read_untracked() == Look::Untried {
            self.check();
        }
    }

    /// Whether a token or secret has a place on this connection.
    pub(crate) fn takes_token(self) -> bool {
        self.tokens.here.get().is_some()
            || match self.mode.get() {
                Mode::Demo => false,
                Mode::Relay => self.wants_secret(),
                Mode::Direct => self.look.get().lets_a_page_ask(),
            }
    }

    /// Whether a relay is there that wants a secret, and knows none that it was given.
    pub(crate) fn wants_secret(self) -> bool {
        self.mode.get() == Mode::Relay && self.look.get() == WANTS_TOKEN
    }

    /// The host of this page, for its owner's list of origins.
    pub(crate) fn page_origin(self) -> String {
        origin(&self.page.read()).to_owned()
    }

    /// Turns to a place that a job runs at and that wants a token, and looks at it.
    pub(super) async fn turn_to(self, connection: &Connection) {
        let (mode, address) = match connection.host() {
            HostKind::Kinora => (Mode::Relay, self.relay),
            HostKind::RunComfy => (Mode::Direct, self.direct),
        };
        address.set(connection.base().as_str().to_owned());
        self.mode.set(mode);
        self.changed();
        self.look_at_it().await;
    }

    /// The connection, or else the field that is in the way. A place that was found wanting is
    /// looked at once more.
    pub(super) fn try_to_send(self) -> Result<Connection, &'static str> {
        let connection = self.connection.get_untracked().ok_or("base")?;
        let mode = self.mode.get_untracked();
        if mode == Mode::Demo {
            return Ok(connection);
        }
        self.tokens.take();
        let look = self.look.get_untracked();
        if look.forbids(mode) {
            self.check();
            return Err("base");
        }
        let wants_token = match mode {
            Mode::Direct => !self.tokens.may_have(connection.base()),
            Mode::Demo | Mode::Relay => look == WANTS_TOKEN,
        };
        if wants_token || self.tokens.problem.read_untracked().is_some() {
            self.check_once();
            return Err("token");
        }
        Ok(connection)
    }

    /// What is to be kept; tracked.
    pub(super) fn settings(self) -> Settings {
        Settings {
            mode: self.mode.get(),
            relay: self.relay.get(),
            direct: self.direct.get(),
            remembered: self.tokens.remembered.get(),
        }
    }

    /// Takes up what was kept.
    pub(super) fn fill(self, settings: Settings) {
        self.mode.set(settings.mode);
        self.relay.set(settings.relay);
        if !settings.direct.is_empty() {
            self.direct.set(settings.direct);
        }
        self.tokens.remembered.set(settings.remembered);
        self.changed();
    }

    fn changed(self) {
        self.look.set(Look::Untried);
        self.tokens.typed.set(String::new());
    }

    pub(super) async fn look_at_it(self) {
        let mode = self.mode.get_untracked();
        let Some(connection) = self
            .connection
            .get_untracked()
            .filter(|_| mode != Mode::Demo)
        else {
            return;
        };
        self.look.set(Look::Trying);
        let base = connection.base();
        let token = self.tokens.of(base).await;
        let found = match mode {
            Mode::Direct => try_direct(base).await,
            Mode::Demo | Mode::Relay => try_relay(base, token.as_ref()).await,
        };
        // Found too late, it says nothing of what stands there now.
        let now = self.connection.get_untracked();
        if now.as_ref() == Some(&connection) && self.mode.get_untracked() == mode {
            self.look.set(Look::Found(found));
        }
    }
}

impl Look {
    /// Whether a page may send a token there and read the answers.
    fn lets_a_page_ask(self) -> bool {
        matches!(
            self,
            Self::Found(Finding::Greeted(Greeting::Service | Greeting::WantsToken))
        )
    }

    /// Whether nothing can be sent there in this mode.
    fn forbids(self, mode: Mode) -> bool {
        match self {
            Self::Untried | Self::Trying | Self::Found(Finding::NotLoaded) => false,
            Self::Found(Finding::Greeted(greeting)) => match mode {
                Mode::Demo => false,
                Mode::Relay => greeting == Greeting::Stranger,
                Mode::Direct => !self.lets_a_page_ask(),
            },
            Self::Found(Finding::Unreadable | Finding::Unreachable | Finding::Offline) => true,
        }
    }
}

const WANTS_TOKEN: Look = Look::Found(Finding::Greeted(Greeting::WantsToken));

#[cfg(test)]
mod tests;
