//! The RunComfy Model API, pretended: one pure model of the service with several hosts.
//!
//! In scope: who may ask, what is accepted, the queue, cancelling, the words and numbers of every
//! answer, the catalogue, and what goes wrong on purpose. All of it is data ([`Scenario`],
//! [`Preset`], [`Fault`], [`Model`]) and time is an argument, so that one run replays another.
//!
//! Out of scope: sockets, timers and results. The emulator never makes a video up. Its host asks
//! what is [due](Emulator::due), makes it, and [hands it in](Emulator::finish):
//!
//! ```text
//!  POST /v1/models/{model_id}     due(now) ► Work        finish(id, result, now)
//!            │                        │                           │
//!            ▼        a slot is free  ▼                           ▼   `run` is over
//!        in_queue ───────────────► in_progress ── … ── result held back ──► completed
//!            │                                                              (succeeded, failed)
//!            └── cancel ──► cancelled
//! ```
//!
//! ```
//! use kinora::{BaseUrl, Media, MediaKind, WallTime, wire};
//! use kinora_emulator::{Emulator, Scenario};
//! # use kinora::{Connection, Draft, Facts, HostKind, IntentId, ModelSpec, Wan22};
//! # let base = BaseUrl::parse("http://127.0.0.1:8787").unwrap();
//! # let connection = Connection::new(base.clone(), HostKind::Kinora);
//! # let draft = Wan22::new("the fog lifts", "https://example.com/lake.jpg").draft();
//! # let checked = draft.check(&ModelSpec::wan_2_2(), &Facts::new(connection.reach()));
//! # let (request, intent) = (checked.request.unwrap(), IntentId::mint(1));
//! let mut emulator = Emulator::new(Scenario::default(), base);
//! let now = WallTime::from_unix_millis(0);
//! let id = wire::read::submitted(&emulator.handle(&wire::submit(&connection, &request, &intent), now))?;
//! for work in emulator.due(now) {
//!     let url = format!("https://example.com/{}.mp4", work.id);
//!     emulator.finish(&work.id, Ok(vec![Media { kind: MediaKind::Video, url }]), now);
//! }
//! let answer = emulator.handle(&wire::result(&connection, &id), now);
//! assert!(matches!(wire::read::result(&answer)?, wire::read::ResultAnswer::Succeeded(_)));
//! # Ok::<_, kinora::Error>(())
//! ```

mod count;
pub use count::{Calls, Counts, Intent};

mod emulator;
pub use emulator::{Catalog, Emulator, Work};

mod fault;
pub use fault::{BadFault, Fault, Reply, WaitForm};

mod job;

mod line;

mod log;
pub use log::Asked;

mod model;
pub use model::Model;

mod scenario;
pub use scenario::{Cors, Failing, Preset, Scenario, ScenarioProblem};

mod snapshot;
pub use snapshot::SnapshotProblem;

mod switch;
pub use switch::{
    AuthRefusal, BalanceRefusal, CancelAnswer, ErrorShape, ErrorStatus, NotReady, OutputShape,
    SubmitAnswer, Switch, Violation,
};

mod token;
pub use token::Tokens;
