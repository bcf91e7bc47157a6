//! Tokens: in this page's memory, and sealed elsewhere if the person wishes. Each belongs to one
//! base and is never shown again.

use kinora::{BaseUrl, Connection, HostKind};
use kinora_browser::connect::{self, Place};
use kinora_browser::{Token, TokenProblem};
use leptos::task::spawn_local;

use crate::state::Watched;
use crate::state::keep::Kept;

/// The tokens that this page has, and the one that is being typed.
#[derive(Clone, Copy)]
pub(crate) struct Tokens {
    /// What is typed, until it is taken.
    pub(crate) typed: Watched<String>,
    /// What is wrong with it, if something is.
    pub(crate) problem: Watched<Option<String>>,
    /// Where the next one is to be kept. Write it directly.
    pub(crate) fate: Watched<Fate>,
    /// Whether there is one for the connection, and where.
    pub(crate) here: Watched<Option<Fate>>,
    /// Whether the last one could not be kept as wished.
    pub(crate) not_kept: Watched<bool>,
    /// The bases that one is kept for besides the page's memory.
    pub(super) remembered: Watched<Vec<String>>,
    held: Watched<Vec<Held>>,
    connection: Watched<Option<Connection>>,
    kept: Kept,
}

/// Where a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// In this page's memory only.
    Memory,
    /// Sealed, for this tab.
    Tab,
    /// Sealed, on this device.
    Device,
}

impl Fate {
    const fn place(self) -> Option<Place> {
        match self {
            Self::Memory => None,
            Self::Tab => Some(Place::Tab),
            Self::Device => Some(Place::Device),
        }
    }

    const fn of(place: Place) -> Self {
        match place {
            Place::Tab => Self::Tab,
            Place::Device => Self::Device,
        }
    }
}

#[derive(Clone)]
struct Held {
    token: Token,
    fate: Fate,
}

impl Tokens {
    pub(super) fn new(connection: Watched<Option<Connection>>, kept: Kept) -> Self {
        let typed = Watched::new(String::new());
        let held = Watched::new(Vec::<Held>::new());
        let problem = Watched::of(move || {
            let connection = connection.read();
            let base = connection.as_ref()?.base().clone();
            match Token::new(&typed.read(), base) {
                Ok(_) | Err(TokenProblem::Empty) => None,
                Err(problem) => Some(problem.to_string()),
            }
        });
        let here = Watched::of(move || {
            let connection = connection.read();
            let base = connection.as_ref()?.base();
            find(&held.read(), base).map(|held| held.fate)
        });
        Self {
            typed,
            problem,
            fate: Watched::new(Fate::Memory),
            here,
            not_kept: Watched::new(false),
            remembered: Watched::new(Vec::new()),
            held,
            connection,
            kept,
        }
    }

    /// Takes what was typed for the connection that it was typed for. Whether it was one.
    pub(crate) fn take(self) -> bool {
        let connection = self.connection.get_untracked();
        let Some(base) = connection.map(|connection| connection.base().clone()) else {
            return false;
        };
        let Ok(token) = Token::new(&self.typed.read_untracked(), base) else {
            return false;
        };
        self.typed.set(String::new());
        self.hold(token.clone(), Fate::Memory);
        spawn_local(self.keep(token, self.fate.get_untracked()));
        true
    }

    /// Forgets the token of the connection, wherever it is; the connection's base.
    pub(crate) fn remove(self) -> Option<BaseUrl> {
        let base = self.connection.get_untracked()?.base().clone();
        self.let_go(base.as_str());
        self.not_kept.set(false);
        let forgotten = base.clone();
        spawn_local(async move {
            connect::forget(&self.kept.opened().await, &forgotten).await;
        });
        Some(base)
    }

    /// Another tab forgot the token of this base.
    pub(crate) fn let_go(self, base: &str) {
        let mut held = self.held.get_untracked();
        held.retain(|held| held.token.base().as_str() != base);
        self.held.set(held);
        self.remember(base, false);
    }

    /// The token for a base, from memory or from where it is kept.
    pub(crate) async fn of(self, base: &BaseUrl) -> Option<Token> {
        if let Some(held) = find(&self.held.read_untracked(), base) {
            return Some(held.token.clone());
        }
        if !self.is_remembered(base) {
            return None;
        }
        match connect::recall(&self.kept.opened().await, base).await {
            Some((token, place)) => {
                self.hold(token.clone(), Fate::of(place));
                Some(token)
            }
            None => {
                self.remember(base.as_str(), false);
                None
            }
        }
    }

    /// Takes up the token of the connection, if one is kept.
    pub(crate) fn recall(self) {
        if let Some(connection) = self.connection.get_untracked() {
            spawn_local(async move {
                self.of(connection.base()).await;
            });
        }
    }

    /// Whether a job of this connection cannot be asked for, since its token is gone.
    pub(crate) async fn are_missing(self, connection: &Connection) -> bool {
        connection.host() == HostKind::RunComfy && self.of(connection.base()).await.is_none()
    }

    pub(super) fn may_have(self, base: &BaseUrl) -> bool {
        find(&self.held.read_untracked(), base).is_some() || self.is_remembered(base)
    }

    async fn keep(self, token: Token, fate: Fate) {
        let store = self.kept.opened().await;
        let base = token.base().clone();
        let is_kept = match fate.place() {
            Some(place) => connect::keep(&store, &token, place).await,
            None if self.is_remembered(&base) => {
                connect::forget(&store, &base).await;
                false
            }
            None => false,
        };
        self.not_kept.set(fate != Fate::Memory && !is_kept);
        self.remember(base.as_str(), is_kept);
        if is_kept {
            self.hold(token, fate);
        }
    }

    fn hold(self, token: Token, fate: Fate) {
        let mut held = self.held.get_untracked();
        held.retain(|held| held.token.base() != token.base());
        held.push(Held { token, fate });
        self.held.set(held);
    }

    fn is_remembered(self, base: &BaseUrl) -> bool {
        let remembered = self.remembered.read_untracked();
        remembered.iter().any(|known| known == base.as_str())
    }

    fn remember(self, base: &str, is_kept: bool) {
        let mut remembered = self.remembered.get_untracked();
        remembered.retain(|known| known != base);
        if is_kept {
            remembered.push(base.to_owned());
        }
        self.remembered.set(remembered);
    }
}

fn find<'a>(held: &'a [Held], base: &BaseUrl) -> Option<&'a Held> {
    held.iter().find(|held| held.token.base() == base)
}
