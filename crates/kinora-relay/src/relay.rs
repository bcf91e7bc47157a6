//! The relay itself: what comes in, decided in two steps, and what comes back, in one.

use core::time::Duration;
use std::sync::Arc;

use kinora::wire::{self, header};
use kinora::{Auth, IntentId, WallTime};

use crate::answer::{Answer, Dress, Reply};
use crate::budget::{Ledger, Spent};
use crate::call::Call;
use crate::json::{Document, JsonProblem};
use crate::output::Fetch;
use crate::promise::{Known, Promises};
use crate::{Flight, FlightId, Incoming, Policy, Reason, Received, Secret, UpstreamRequest};

mod land;
mod weigh;

/// The rules with what they remember: promises and budgets.
///
/// It is a value without a clock: hosts that keep several share one behind a lock, or one for each
/// process. What it remembers is gone with it.
#[derive(Debug)]
pub struct Relay {
    pub(crate) policy: Policy,
    pub(crate) token: Option<Arc<Secret>>,
    pub(crate) ledger: Ledger,
    pub(crate) promises: Promises,
    pub(crate) flights: u64,
}

/// A request whose start was found good. Only its body is still unknown.
#[derive(Debug)]
pub struct Admitted {
    call: Call,
    path: String,
    address: Option<String>,
    range: Option<String>,
    caller: String,
    account: usize,
    intent: Option<IntentId>,
    body_bytes: usize,
    dress: Dress,
}

impl Admitted {
    /// The most bytes of its body that the host reads.
    pub fn body_bytes(&self) -> usize {
        self.body_bytes
    }

    /// How long the host waits for its whole body.
    pub fn body_timeout(&self) -> Duration {
        body_timeout(self.body_bytes)
    }
}

/// What becomes of a request.
#[derive(Debug)]
pub enum Decision {
    /// It is answered here.
    Answer(Answer),
    /// It is sent to the service; see [`Flight`].
    Forward(Box<Flight>),
    /// The same intent is under way: this one is owed the reply of that flight, in its own dress.
    Join(FlightId, Dress),
    /// A result file is fetched.
    Fetch(Fetch),
}

impl Relay {
    /// A relay that remembers nothing yet. The token is asked for only to keep it from getting out;
    /// sending it is the host's.
    pub fn new(policy: Policy, token: Option<Secret>) -> Self {
        Self {
            policy,
            token: token.map(Arc::new),
            ledger: Ledger::default(),
            promises: Promises::default(),
            flights: 0,
        }
    }

    /// The token from now on, where it changes with time.
    pub fn renew_token(&mut self, token: Secret) {
        self.token = Some(Arc::new(token));
    }

    /// Whether a text has the token in it, and so must get out nowhere.
    pub fn would_leak_by(&self, text: &str) -> bool {
        let token = self.token.as_ref();
        token.is_some_and(|token| token.is_in(text.as_bytes()))
    }

    /// What will not pass because it was not configured, in words for the owner.
    pub fn what_is_closed(&self) -> Vec<&'static str> {
        self.policy.what_is_closed()
    }

    /// Judges a request by its start.
    ///
    /// # Errors
    /// The answer to give at once: a refusal with its reason, or that of a preflight.
    pub fn admit(
        &mut self,
        incoming: &Incoming<'_>,
        now: WallTime,
    ) -> Result<Admitted, Box<Answer>> {
        let mut dress = Dress {
            origin: None,
            call: "-",
            model: None,
            is_submit: false,
            token: self.token.clone(),
        };
        self.weigh(incoming, &mut dress, now)
            .map_err(|reply| Box::new(dress.answer(&reply)))
    }

    /// Judges a request with its body.
    pub fn decide(&mut self, admitted: Admitted, body: Received<'_>, now: WallTime) -> Decision {
        let answer = |dress: &Dress, reply: &Reply| Decision::Answer(dress.answer(reply));
        let body = match self.read(&admitted, body) {
            Ok(body) => body,
            Err(reason) => return answer(&admitted.dress, &Reply::refusal(reason)),
        };
        if let Some(url) = admitted.address {
            let range = admitted.range.map(|range| ("range".to_owned(), range));
            return Decision::Fetch(Fetch {
                url,
                headers: range.into_iter().collect(),
                most_bytes: self.policy.limits.output_bytes,
                dress: admitted.dress,
            });
        }
        let promise = admitted
            .intent
            .clone()
            .map(|intent| (admitted.account, intent));
        if let Some(key) = &promise {
            match self.promises.look(key, now) {
                Known::Answered(reply) => return answer(&admitted.dress, &reply),
                Known::InFlight(flight) => return Decision::Join(flight, admitted.dress),
                Known::Not if !self.promises.has_room() => {
                    return answer(&admitted.dress, &Reply::refusal(Reason::Full));
                }
                Known::Not => {}
            }
        }
        match self.take_off(&admitted, now) {
            Ok(id) => Decision::Forward(Box::new(self.flight(id, admitted, promise, body, now))),
            Err(spent) => answer(&admitted.dress, &refused(spent)),
        }
    }

    /// The bytes to pass on: a submit's, whole and checked; nothing of any other call's.
    fn read<'body>(
        &self,
        admitted: &Admitted,
        body: Received<'body>,
    ) -> Result<&'body [u8], Reason> {
        let bytes = match body {
            Received::Whole(bytes) if bytes.len() > admitted.body_bytes => {
                return Err(Reason::BodyTooLarge);
            }
            Received::Whole(bytes) => bytes,
            Received::TooLarge => return Err(Reason::BodyTooLarge),
            Received::TooSlow => return Err(Reason::BodyTooSlow),
            Received::Cut => return Err(Reason::BodyCut),
        };
        if !admitted.call.is_submit() {
            return Ok(&[]);
        }
        match Document::read(bytes, self.policy.limits.body_depth, &mut |_| {}) {
            Ok(document) if document.is_object() => Ok(bytes),
            Ok(_) | Err(JsonProblem::NotJson) => Err(Reason::BodyNotJson),
            Err(JsonProblem::TooDeep) => Err(Reason::BodyTooDeep),
        }
    }

    fn take_off(&mut self, admitted: &Admitted, now: WallTime) -> Result<FlightId, Spent> {
        self.flights += 1;
        let id = FlightId::new(self.flights);
        if admitted.call.is_submit() {
            let budgets = self.policy.budgets;
            self.ledger.submit(&admitted.caller, id, budgets, now)?;
        }
        Ok(id)
    }

    fn flight(
        &mut self,
        id: FlightId,
        admitted: Admitted,
        promise: Option<(usize, IntentId)>,
        body: &[u8],
        now: WallTime,
    ) -> Flight {
        if let Some(key) = &promise {
            self.promises.begin(key.clone(), id, now);
        }
        let is_submit = admitted.call.is_submit();
        let json = (header::CONTENT_TYPE.to_owned(), header::JSON.to_owned());
        let accept = ("accept".to_owned(), header::JSON.to_owned());
        Flight {
            request: UpstreamRequest {
                method: admitted.call.method(),
                url: format!("{}{}", self.policy.service, admitted.path),
                headers: [accept]
                    .into_iter()
                    .chain(is_submit.then_some(json))
                    .collect(),
                body: body.to_vec(),
                auth: Auth::Base,
                timeout: if is_submit {
                    wire::SUBMIT_TIMEOUT
                } else {
                    wire::ASK_TIMEOUT
                },
                answer_bytes: if is_submit {
                    SUBMITTED_BYTES
                } else {
                    self.policy.limits.answer_bytes
                },
            },
            id,
            call: admitted.call,
            caller: admitted.caller,
            promise,
            dress: admitted.dress,
        }
    }
}

/// How long a whole body of at most so many bytes may take.
fn body_timeout(most: usize) -> Duration {
    BODY_TIMEOUT.max(wire::upload_time(most))
}

fn refused(spent: Spent) -> Reply {
    // A part of a second counts as a whole one: too early is too early.
    let seconds = spent.wait.as_millis().div_ceil(1000).max(1);
    Reply::refusal(spent.reason).with(header::RETRY_AFTER, seconds.to_string())
}

/// How long any body may take.
const BODY_TIMEOUT: Duration = Duration::from_secs(20);

/// An answer to a submit is an id and three URLs, and is kept for a day.
const SUBMITTED_BYTES: usize = 16 << 10;

#[cfg(test)]
pub(crate) mod tests;
