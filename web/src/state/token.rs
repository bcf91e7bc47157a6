//! Tokens as the session meets them: taken, forgotten, and asked for by jobs that need one.

use kinora::BaseUrl;
use leptos::task::spawn_local;

use super::Session;
use super::run::Wish;
use super::word::Word;

impl Session {
    /// Takes the token that was typed. A job that waits for it is watched again.
    pub(crate) fn take_token(self) {
        if self.service.tokens.take() {
            self.focus_request.set(Some("token"));
            self.service.check();
            let job = self.stage.job.get_untracked();
            if job.is_some_and(|job| job.wants_token) {
                self.watch_again();
            }
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
            spawn_local(self.turn_to(record.connection.base().clone()));
        });
    }

    /// Sends a wish once more, or asks for the token that it needs.
    pub(super) async fn send_wish_again(self, wish: Wish) {
        if self.service.tokens.are_missing(&wish.connection).await {
            return self.turn_to(wish.connection.base().clone()).await;
        }
        self.arm();
        self.enter_wish(wish);
    }

    /// Turns to a place that wants a token, and to the field for it once the place answered.
    async fn turn_to(self, base: BaseUrl) {
        self.focus_request.set(Some("base"));
        self.service.turn_to(&base).await;
        self.focus_request.set(Some("token"));
    }
}
