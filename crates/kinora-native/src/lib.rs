//! Kinora without a browser: a job's [`Platform`](kinora::Platform) over reqwest, tokio and files.
//!
//! In scope: sending with a time limit, the token, timers, and records that outlive the program.
//! Out of scope: everything about the job itself, which [`kinora`] decides.
//!
//! # Quick start
//!
//! Check a draft, make a job of it, and drive it to its outcome. With `kinora emulate` running:
//!
//! ```no_run
//! use futures_util::stream;
//! use kinora::{BaseUrl, Connection, Facts, HostKind, Job, ModelSpec, Pace, Platform, Wan22, drive};
//! use kinora_native::{Native, Records, Token};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let base = BaseUrl::parse("http://127.0.0.1:8787")?;
//! let connection = Connection::new(base.clone(), HostKind::Kinora);
//! let draft = Wan22::new("the fog lifts", "https://example.com/lake.jpg").draft();
//! let checked = draft.check(&ModelSpec::wan_2_2(), &Facts::new(connection.reach()));
//! for issue in checked.report.issues() {
//!     println!("{}: {}", issue.field, issue.message);
//! }
//! let request = checked.request.ok_or("the draft cannot be sent")?;
//!
//! let records = Records::open("jobs")?;
//! let native = Native::new(records, Some(Token::new("test", base)?))?;
//! let intent = kinora_native::mint();
//! let seed = kinora_native::seed();
//! let mut job = Job::new(request, connection, intent, Pace::REMOTE, seed, native.now());
//! let outcome = drive(&mut job, &native, stream::pending(), |event| println!("{event:?}")).await;
//! println!("{outcome:?}");
//! # Ok(())
//! # }
//! ```
//!
//! `examples/` has whole programs: `generate` (Ctrl-C cancels), `resume` (takes up what a killed
//! program left behind) and `cancel`.
//!
//! # What holds
//!
//! - The token goes to its base only, and is shown nowhere: not in `Debug`, an error or a record.
//! - No redirect is followed, no cookie kept, no proxy asked unless [`Native::through`] names it, and
//!   no submit repeated by the transport.
//! - All jobs of a [`Native`] and its clones keep to one [`Budget`](kinora::Budget) of requests.
//! - A record is on the disk before [`store`](kinora::Platform::store) says so, and a file is
//!   either the old record or the new one.
//! - Dropping a driver aborts its request and its timer.

mod native;
pub use native::{Native, NativeProblem};

mod record;
pub use record::{Found, Records, RecordsProblem};

mod random;
pub use random::{mint, seed};

mod token;
pub use token::{Token, TokenProblem};
