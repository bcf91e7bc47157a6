//! The service inside a world, and whoever makes its videos.

use kinora::wire::{self, header, read};
use kinora::{Connection, Media, MediaKind, RequestId, WallTime};

use super::plan::CANARY;
use super::world::{BEGAN, Inner};

impl Inner {
    /// The service's own clock.
    pub(crate) fn server(&self) -> WallTime {
        WallTime::from_unix_millis(BEGAN + self.time / 1000)
    }

    pub(crate) fn make(&mut self, now: WallTime) {
        for work in self.emulator.due(now) {
            let made = Media {
                kind: MediaKind::Video,
                url: video(&work.id),
            };
            self.emulator.finish(&work.id, Ok(vec![made]), now);
        }
    }

    pub(crate) fn look_whether_cancelled(&mut self, connection: &Connection, now: WallTime) {
        let Some(id) = self.truth.accepted.first() else {
            return;
        };
        let mut look = wire::result(connection, id);
        let bearer = format!("Bearer {CANARY}");
        look.headers
            .push((header::AUTHORIZATION.to_owned(), bearer));
        // A result may come late; whether it will say so is seen in a copy of the service.
        let late = self.emulator.scenario().late;
        let answer = self.emulator.clone().handle(&look, now.plus(late));
        self.truth.cancelled |= matches!(read::result(&answer), Ok(read::ResultAnswer::Cancelled));
    }
}

/// The video that a job makes.
pub(crate) fn video(id: &RequestId) -> String {
    format!("https://files.example/{id}.mp4")
}
