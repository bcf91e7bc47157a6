//! Kinora's core: everything about a RunComfy image-to-video job that can be decided without a
//! clock, a network, a browser or a die.
//!
//! In scope: what a model accepts ([`ModelSpec`]), whether a draft may be sent and why not
//! ([`Draft::check`]), what goes over the wire and what comes back ([`wire`]), what is asked
//! again and when ([`retry`], [`Pace`]), and the life of one job ([`Job`], [`drive`]).
//!
//! Out of scope: sockets, timers, storage, pixels and tokens. A [`Platform`] does the first
//! three; the token never comes here at all: a request only carries the mark [`Auth::Base`].
//!
//! ```text
//!  Draft ──check(&spec, &facts)──► Checked { report, request } ──► Job ◄── Input
//!                                                                   │
//!                                                  Store │ Send │ Sleep │ Event │ Done
//! ```
//!
//! Facts about the service stand with the page they were read on; see [`limits`].

mod ascii;

mod base;
pub use base::{BaseUrl, BaseUrlProblem};

mod budget;
pub use budget::{Budget, Turn};

mod connection;
pub use connection::{Connection, HostKind};

mod draft;
pub use draft::{Checked, Draft, Facts};

mod drive;
pub use drive::{Command, Platform, drive};

mod error;
pub use error::{Error, ServiceError, ServiceErrorKind};

mod http;
pub use http::{Auth, Body, HttpRequest, HttpResponse, Method, TransportError, TransportErrorKind};

mod id;
pub use id::{BadId, IntentId, ModelId, RequestId};

pub mod image;

mod job;
pub use job::{CancelNews, Event, Hint, Input, Job, Outcome, Output};

pub mod limits;

mod model;
pub use model::{
    Between, Bounds, Constant, Count, Field, FieldKind, Formats, JsonShape, MediaRules, MediaType,
    ModelSpec, Resolution, SpecProblem, Wan22,
};

pub mod number;

mod outcome;
pub use outcome::{Failure, Media, MediaKind, ServiceState, Status};

mod pace;
pub use pace::{Histories, History, Pace, Waiting};

mod record;
pub use record::{Ending, Record, RecordProblem, Stage, StoreError, Ticket};

mod report;
pub use report::{Issue, Report, Severity};

mod request;
pub use request::Request;

pub mod retry;

mod sentence;

mod source;
pub use source::{DataUri, Reach, SourceProblem, SourceUrl};

mod time;
pub use time::{Monotonic, Now, WallTime};

mod value;
pub use value::{Object, Value};

pub mod wire;
