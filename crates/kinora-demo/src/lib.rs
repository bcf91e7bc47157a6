//! The in-page demo: the emulator, with results rendered from the visitor's own still.
//!
//! ```text
//!  drive ── HttpRequest ──► Demo ──► Emulator ── due ──► Studio ── worker.js ──► film
//!        ◄─ HttpResponse ──           ▲    │               └─ or here, in slices ─┘ │
//!                              finish │    └── snapshot ──► Store ◄── file ─────────┘
//! ```
//!
//! A job is finished when its file exists: frames by `kinora_motion`, encoded by WebCodecs, kept as
//! a blob. What goes wrong on the way is a job that failed, with a sentence for the person. Jobs,
//! their pictures and their files outlive the page. No AI model is involved.

mod codec;
pub use codec::Codec;

mod demo;
pub use demo::{Demo, Options, Progress};

mod encoder;
mod film;
mod order;
mod output;
mod picture;
mod plan;
mod service;
mod source;
mod studio;
mod trouble;
mod turn;
mod webcodecs;
mod webp;

pub mod worker;
