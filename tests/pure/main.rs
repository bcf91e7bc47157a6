//! A whole job, from draft to video, over the emulator and without a host: compiled to
//! WebAssembly this program imports nothing, so nothing in it can know a clock, a network or a
//! die. It ends normally when the job went well, and traps when it did not.

use core::cell::{Cell, RefCell};
use core::time::Duration;

use futures_util::FutureExt;
use futures_util::stream;
use kinora::{
    BaseUrl, Connection, Facts, HostKind, HttpRequest, HttpResponse, IntentId, Job, Media,
    MediaKind, ModelSpec, Monotonic, Now, Outcome, Pace, Platform, Record, StoreError,
    TransportError, WallTime, Wan22, drive,
};
use kinora_emulator::{Emulator, Scenario};

fn main() {
    let outcome = whole_job();
    assert!(matches!(&outcome, Some(Outcome::Succeeded(files)) if files.len() == 1));
}

fn whole_job() -> Option<Outcome> {
    let base = BaseUrl::parse("https://emulator.example").ok()?;
    let connection = Connection::new(base.clone(), HostKind::Kinora);
    let draft = Wan22::new("the fog lifts", "https://example.com/lake.jpg")
        .seed(7)
        .draft();
    let checked = draft.check(&ModelSpec::wan_2_2(), &Facts::new(connection.reach()));
    let scenario = Scenario {
        ahead: 2,
        tick: Duration::from_secs(3),
        ..Scenario::default()
    };
    let world = World {
        emulator: RefCell::new(Emulator::new(scenario, base)),
        time: Cell::new(Duration::ZERO),
    };
    let intent = IntentId::mint(1);
    let mut job = Job::new(
        checked.request?,
        connection,
        intent,
        Pace::REMOTE,
        1,
        world.now(),
    );
    drive(&mut job, &world, stream::pending(), |_| ()).now_or_never()
}

/// Virtual time, and a service that answers at once.
struct World {
    emulator: RefCell<Emulator>,
    time: Cell<Duration>,
}

impl Platform for World {
    fn now(&self) -> Now {
        let time = self.time.get();
        Now {
            monotonic: Monotonic::after_origin(time),
            wall: WallTime::from_unix_millis(0).plus(time),
        }
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let now = self.now().wall;
        let mut emulator = self.emulator.borrow_mut();
        for work in emulator.due(now) {
            let url = format!("https://emulator.example/outputs/{}.mp4", work.id);
            emulator.finish(
                &work.id,
                Ok(vec![Media {
                    kind: MediaKind::Video,
                    url,
                }]),
                now,
            );
        }
        Ok(emulator.handle(&request, now))
    }

    async fn sleep(&self, span: Duration) {
        self.time.set(self.time.get() + span);
    }

    async fn store(&self, _: Record) -> Result<(), StoreError> {
        Ok(())
    }
}
