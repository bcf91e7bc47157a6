//! The in-page demo: the emulator, with results rendered from the visitor's own still.
//!
//! ```text
//!  drive ── HttpRequest ──► Demo ──► Emulator ── due ──► Studio ── Order ──► film.js, in worker.js
//!        ◄─ HttpResponse ──           ▲    │               ▲                 │ or here, in slices
//!                              finish │    └── snapshot    └───── News ──────┘
//!                                     └── file ──► Store
//! ```
//!
//! A job is finished when its file exists: frames by `kinora_motion`, encoded by WebCodecs, kept as
//! a blob. What goes wrong on the way is a job that failed, with a sentence for the person. Jobs,
//! their pictures and their files outlive the page. No AI model is involved.
//!
//! The crate is two WebAssembly modules. [`Demo`] is for the app's; it never calls [`film`](mod@film),
//! so that nothing of it is linked there. The program `film` is the other one, which is loaded with
//! the first job. Only messages pass between them.

mod codec;
pub use codec::Codec;

mod demo;
pub use demo::{Demo, Options, Progress};

pub mod film;

mod input;
mod js;
mod news;
mod order;
mod output;
mod service;
mod source;
mod studio;
mod trouble;
