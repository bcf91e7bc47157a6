//! The relay's rules: what may pass to the service, what is added to it, and what comes back.
//!
//! A page must not hold the service's token. A relay holds it instead, and this is all that a relay
//! decides. It is pure: time is an argument, sending is the host's, and every decision is a value
//! that says why ([`Reason`]). The token never comes out again: a request to the service carries
//! the mark [`kinora::Auth::Base`], and whatever the service says is searched for it.
//!
//! ```text
//!  method, path, headers          body                      the service's answer
//!          │                        │                                │
//!          ▼                        ▼                                ▼
//!  Relay::admit ──► Admitted ► Relay::decide ──► Forward(Flight) ► Relay::land ──► Reply
//!          │                        │   ├──► Join: another flight's Reply            │
//!          │                        │   └──► Fetch: a result file, without token     ▼
//!          └── Answer: refused      └── Answer: refused, or promised before   Dress::answer
//! ```
//!
//! Closed by default: with [`Policy::closed`] no origin, no model and no caller passes.

mod answer;
pub use answer::{Answer, Dress, Reply};

mod budget;
pub use budget::Budgets;

mod call;

mod caller;
pub use caller::caller;

mod cors;

mod incoming;
pub use incoming::{Incoming, Received};

mod json;

mod log;
pub use log::Line;

mod memory;
pub use memory::{Change, Place};

mod origin;
pub use origin::{BadOrigin, OriginRule};

mod output;
pub use output::{Fetch, FetchedHead, OutputHosts};

mod pattern;
pub use pattern::{BadPattern, ModelPattern};

mod policy;
pub use policy::{Callers, Limits, Policy};

mod promise;

mod query;

mod reason;
pub use reason::Reason;

mod relay;
pub use relay::{Admitted, Decision, Relay};

mod rewrite;

mod secret;
pub use secret::{BadSecret, Secret};

mod upstream;
pub use upstream::{Flight, FlightId, Upstream, UpstreamRequest};
