//! What the npm package's WebAssembly modules say to its JavaScript shell, and understand of it.
//!
//! In scope: reading wishes of JavaScript into types of the core, telling what the core answers as
//! plain values, and keeping the jobs that are under way. Every call takes a text and answers with
//! one ([`text`]), or with numbers ([`image`]), so that no object of either side is ever held by the other.
//!
//! Out of scope: decisions (the core makes them) and I/O (the shell in `js/` has the clock, the
//! timers, `fetch` and the storage).
//!
//! ```text
//!  js/client.js ── {model, input, …} ──► desk::open ──► Job        (module core)
//!               ── {is: "response", …} ► desk::step ──► Job ──► [{do: "send", …}, …]
//!               ── {note, model, input} ───► learned::learn ──► {durations, known}   (module records)
//!               ── {record} ────────────────► recall::recall ──► {open} | {done}   (module records)
//!  js/known.js ─── {model, input, facts, …} ► check::check ──► {ok, issues}   (module models)
//!               ── {ask: "models", …} ► catalog::ask ──► a request; hear ──► {page} | …  (module models)
//!               ── {client, intent, method} ► turn::turn ──► {wait}   (module records)
//!  js/probe.js ─── bytes ──────────────► image::grow ──► numbers                (module image)
//!  js/probe.js, fit.js ─ {facts, rules} ► judge::judge, plan ──► {checks}, {width, …}  (module models)
//!  js/testing.js ─ {method, path, …} ► testing::answer ──► {status, …}   (module testing)
//!  js/gate.js ──── {method, target, …} ► relay::admit, decide, land ──► {answer} | {send} | {fetch}
//!                                                                                (module relay)
//! ```

pub mod answer;
pub mod call;
pub mod catalog;
pub mod check;
pub mod desk;
pub mod facts;
pub mod image;
pub mod judge;
pub mod learned;
pub mod place;
pub mod problem;
pub mod recall;
pub mod relay;
pub mod testing;
pub mod text;
#[cfg(feature = "trap")]
pub mod trap;
pub mod turn;
pub mod wish;
