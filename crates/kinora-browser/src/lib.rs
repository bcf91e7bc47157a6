//! Kinora at the browser's edge: fetch, timers, images, records, and word from other tabs.
//!
//! In scope: what a job needs of a page ([`Browser`]), what is kept between visits ([`Store`]),
//! what can be learned of an image before it is sent ([`look`]), and what happens around the page
//! ([`hints`], [`lock`], [`channel`]). Everything also works in a worker, where there is no
//! `window`; only an image that its host keeps from scripts cannot be measured there.
//!
//! Out of scope: rules and the wire. They are decided in `kinora`; this crate asks and converts.
//!
//! Whatever is dropped stops: a future aborts its fetch and clears its timer, a stream takes its
//! listeners off, a [`look::Picture`] revokes its URL.

mod abort;

mod browser;
pub use browser::Browser;

pub mod channel;

mod clock;
pub use clock::{now, random, sleep};

pub mod connect;

pub mod file;

mod folder;
pub use folder::Folders;

mod hear;

mod hint;
pub use hint::{Hints, hints};

mod inline;

pub mod js;

pub mod lock;

pub mod look;

pub mod retouch;

mod store;
pub use store::Store;

mod stream;

mod token;
pub use token::{Token, TokenProblem};

mod worker;
