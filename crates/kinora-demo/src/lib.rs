//! The in-page demo: the emulator, with results rendered from the visitor's own still.
//!
//! ```text
//!  drive ── HttpRequest ──► Visit ──► demo.js: Demo ──► Emulator ── due ──► Studio ── Order ──► film.js,
//!        ◄─ HttpResponse ──                             ▲    │               ▲          in worker.js
//!                                                finish │    └── snapshot    └── News ──  or here,
//!                                                       └── file ──► Store                in slices
//! ```
//!
//! A job is finished when its file exists: frames by `kinora_motion`, encoded by WebCodecs, kept as
//! a blob. What goes wrong on the way is a job that failed, with a sentence for the person. Jobs,
//! their pictures and their files outlive the page. No AI model is involved.
//!
//! The crate is for three WebAssembly modules. A [`Visit`] is for the app's: it loads the program
//! `demo` with the first job, which [answers](desk) with a [`Demo`] and loads the program `film`
//! for [the work](mod@film). A visit never calls the demo, nor the demo the film, so that nothing of
//! them is linked where it is not needed. Only plain values, blobs and functions pass between
//! modules.

mod codec;
pub use codec::Codec;

mod demo;
pub use demo::Demo;

pub mod desk;

pub mod film;

mod input;
mod js;
mod news;
mod options;
pub use options::{Options, Progress};

mod order;

mod output;
pub use output::{media, remove_media};

mod service;
mod source;
mod studio;
mod trouble;

mod visit;
pub use visit::Visit;

mod wire;
