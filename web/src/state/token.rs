//! Tokens as the session meets them: taken, forgotten, and asked for by jobs that need one.

use kinora::wire::probe::Greeting;
use kinora::{Connection, Error, HostKind, Record};
use kinora_browser::connect::{Finding, try_relay};
use leptos::prelude::untrack;
use leptos::task::spawn_local;

use super::Session;
use super::job::is_of_token;
use super::run::Wish;
use super::word::Word;

impl Session {
    /// Takes the token that was typed. A job that waits for it is watched again; a relay that does
    /// not know it is given another.
    pub(crate) fn take_token(self) {
        if self.service.tokens.take() {
            self.focus_request.set(Some("token"));
            spawn_local(self.try_token());
        }
    }

    /// Forgets the token of the connection, here and in the other tabs.
    pub(crate) fn forget_token(self) {
        if let Some(base) = self.service.tokens.remove() {
            Word::Forgot(base.as_str().to_owned()).post();
            self.focus_request.set(Some("token"));
        }
    }

    /// Lets the person enter the token that the job on stage needs.
    pub(crate) fn ask_for_token(self) {
        self.with_record(move |record| {
            spawn_local(self.turn_to(record.connection));
        });
    }

    /// Sends a wish once more, or asks for the token that it needs.
    pub(super) async fn send_wish_again(self, wish: Wish) {
        if self.service.tokens.are_missing(&wish.connection).await {
            return self.turn_to(wish.connection).await;
        }
        self.arm();
        self.enter_wish(wish);
    }

    /// Whether a job cannot be asked for, since its relay wants a secret and knows none of ours.
    pub(super) async fn lacks_secret(self, record: &Record, error: &Error) -> bool {
        let connection = &record.connection;
        if connection.host() != HostKind::Kinora || !is_of_token(error) {
            return false;
        }
        let secret = self.service.tokens.of(connection.base()).await;
        let found = try_relay(connection.base(), secret.as_ref()).await;
        found == Finding::Greeted(Greeting::WantsToken)
    }

    async fn try_token(self) {
        self.service.look_at_it().await;
        if untrack(|| self.service.wants_secret()) {
            return self.focus_request.set(Some("token"));
        }
        let job = self.stage.job.get_untracked();
        if job.is_some_and(|job| job.wants_token) {
            self.watch_again();
        }
    }

    /// Turns to a place that wants a token, and to the field for it once the place answered.
    async fn turn_to(self, connection: Connection) {
        self.focus_request.set(Some("base"));
        self.service.turn_to(&connection).await;
        self.focus_request.set(Some("token"));
    }
}
