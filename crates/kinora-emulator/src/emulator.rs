//! The service itself: calls in, answers out.

use core::time::Duration;

use kinora::retry::Call;
use kinora::wire::route::{self, Route};
use kinora::wire::{answer, header};
use kinora::{
    BaseUrl, HttpRequest, HttpResponse, IntentId, Media, MediaKind, ModelId, Object, RequestId,
    Value, WallTime,
};

use crate::count::Counts;
use crate::fault::{Faults, gateway};
use crate::job::{Made, State};
use crate::line::Line;
use crate::log::{Asked, LOG_LENGTH};
use crate::token::{Account, bearer};
use crate::{Reply, Scenario};

mod catalog;
pub use catalog::Catalog;
mod refuse;
mod serve;

/// A service that exists only here.
///
/// Time is the wall clock of its host. When that steps back, no time has passed.
#[derive(Clone, Debug)]
pub struct Emulator {
    pub(crate) scenario: Scenario,
    pub(crate) base: BaseUrl,
    pub(crate) clock: Clock,
    pub(crate) line: Line,
    pub(crate) promises: Vec<Promise>,
    /// How many jobs were ever accepted.
    pub(crate) accepted: u64,
    /// How many jobs each account has paid for.
    pub(crate) spent: Vec<u64>,
    faults: Faults,
    log: Vec<Asked>,
    counts: Counts,
}

/// A job that the host is to make.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// Under which name to hand the result in.
    pub id: RequestId,
    /// The model that was asked.
    pub model: ModelId,
    /// What it is given, checked.
    pub input: Object,
}

impl Emulator {
    /// A service without jobs whose answers name URLs under `base`.
    pub fn new(scenario: Scenario, base: BaseUrl) -> Self {
        Self {
            faults: Faults::new(&scenario.faults),
            scenario,
            base,
            clock: Clock::default(),
            line: Line::default(),
            promises: Vec::new(),
            accepted: 0,
            spent: Vec::new(),
            log: Vec::new(),
            counts: Counts::default(),
        }
    }

    /// Takes a call and answers it, for hosts that cannot close a connection or be silent: in
    /// place of both stands a gateway's 504, which proves as little.
    ///
    /// A host passes the `Authorization` header on as it came, and the URL begins with the base.
    pub fn handle(&mut self, request: &HttpRequest, now: WallTime) -> HttpResponse {
        match self.answer(request, now) {
            Reply::Answer(response) => response,
            Reply::Reset | Reply::Silence => gateway(504, "Gateway Timeout"),
        }
    }

    /// Takes a call and answers it, or does not.
    pub fn answer(&mut self, request: &HttpRequest, now: WallTime) -> Reply {
        self.advance(now);
        let path = request
            .url
            .strip_prefix(self.base.as_str())
            .unwrap_or_default();
        let route = route::recognise(request.method, path);
        let call = route.as_ref().and_then(call);
        let fault = call.and_then(|call| self.faults.strike(call, now));
        self.count(route.as_ref(), request);
        let reply = match fault {
            Some((false, reply)) => reply,
            Some((true, reply)) => {
                self.serve(route, request);
                reply
            }
            None => Reply::Answer(self.serve(route, request)),
        };
        self.remember(request, path.to_owned(), &reply, now);
        self.advance(now);
        reply
    }

    /// The same, for a host whose outputs cost nothing: each job has its video, at the address that
    /// `output` gives its name, as soon as it runs. The answers hold it back until the job is over.
    pub fn answer_with(
        &mut self,
        request: &HttpRequest,
        now: WallTime,
        output: impl Fn(&RequestId) -> String,
    ) -> Reply {
        self.make(now, &output);
        let reply = self.answer(request, now);
        self.make(now, &output);
        reply
    }

    fn make(&mut self, now: WallTime, output: impl Fn(&RequestId) -> String) {
        loop {
            let due = self.due(now);
            if due.is_empty() {
                return;
            }
            for work in due {
                let media = Media {
                    kind: MediaKind::Video,
                    url: output(&work.id),
                };
                self.finish(&work.id, Ok(vec![media]), now);
            }
        }
    }

    /// The jobs that have begun to run since this was last asked. Each is told once; after
    /// [`restore`](Self::restore) those that are still to be made are told again.
    pub fn due(&mut self, now: WallTime) -> Vec<Work> {
        self.advance(now);
        let mut due = Vec::new();
        for job in &mut self.line.jobs {
            if let State::Running {
                handed_out: handed_out @ false,
                made: None,
                ..
            } = &mut job.state
            {
                *handed_out = true;
                let (model, input) = (job.model.clone(), job.input.clone());
                due.push(Work {
                    id: job.id.clone(),
                    model,
                    input,
                });
            }
        }
        due
    }

    /// Hands in what a job made, or in any JSON why it failed. Ignored for a job that is not
    /// running, and for one whose result is already in.
    pub fn finish(&mut self, id: &RequestId, made: Result<Vec<Media>, Value>, now: WallTime) {
        self.advance(now);
        let at = self.clock.time;
        let Some(job) = self.line.job_mut(id) else {
            return;
        };
        if let State::Running {
            made: nothing @ None,
            ..
        } = &mut job.state
        {
            let answer = match made {
                Ok(media) => answer::succeeded(id, self.scenario.output.of(&media)),
                Err(error) => answer::failed(id, self.scenario.error.of(error)),
            };
            *nothing = Some(Made { at, answer });
        }
        self.advance(now);
    }

    /// How long until a job starts or ends without anybody's doing; the host looks again then.
    pub fn next_change(&self, now: WallTime) -> Option<Duration> {
        let at = self.line.next_change(&self.scenario)?;
        Some(at.saturating_sub(self.clock.reading(now)))
    }

    /// How it behaves.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// What the service was asked, oldest first; the last thousand calls.
    pub fn log(&self) -> &[Asked] {
        &self.log
    }

    /// How often the service was asked for what, by whom, and under which intent.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// How many jobs were ever accepted.
    pub fn accepted(&self) -> u64 {
        self.accepted
    }

    fn advance(&mut self, now: WallTime) {
        self.clock.set(now);
        self.line.advance(self.clock.time, &self.scenario);
        let time = self.clock.time;
        self.promises
            .retain(|promise| time.saturating_sub(promise.at) < PROMISE_KEPT);
    }

    fn count(&mut self, route: Option<&Route>, request: &HttpRequest) {
        let authorization = request.header(header::AUTHORIZATION);
        let account = self.scenario.tokens.account(authorization);
        let intent = request.header(header::INTENT);
        self.counts.asked(route, account, intent);
    }

    fn remember(&mut self, request: &HttpRequest, path: String, reply: &Reply, now: WallTime) {
        if self.log.len() == LOG_LENGTH {
            self.log.remove(0);
        }
        self.log.push(Asked {
            at: now,
            method: request.method,
            path,
            intent: request.header(header::INTENT).map(str::to_owned),
            bearer: request
                .header(header::AUTHORIZATION)
                .and_then(bearer)
                .is_some(),
            answered: match reply {
                Reply::Answer(response) => Some(response.status),
                Reply::Reset | Reply::Silence => None,
            },
        });
    }
}

/// Time since the emulator began, from a wall clock that may step back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clock {
    pub(crate) seen: Option<WallTime>,
    pub(crate) time: Duration,
}

impl Clock {
    fn set(&mut self, now: WallTime) {
        self.time = self.reading(now);
        self.seen = Some(now);
    }

    fn reading(&self, now: WallTime) -> Duration {
        let passed = self.seen.map_or(Duration::ZERO, |seen| now.since(seen));
        self.time.saturating_add(passed)
    }
}

/// An intent that was accepted: asked again, the same job is its answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Promise {
    pub(crate) intent: IntentId,
    pub(crate) account: Account,
    pub(crate) id: RequestId,
    pub(crate) at: Duration,
}

/// How long a repeated intent gets its first answer. Ours to say: no service knows intents.
const PROMISE_KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// The job's call, which may go wrong on purpose.
fn call(route: &Route) -> Option<Call> {
    match route {
        Route::Submit(_) => Some(Call::Submit),
        Route::Status(_) => Some(Call::Status),
        Route::Result(_) => Some(Call::Result),
        Route::Cancel(_) => Some(Call::Cancel),
        Route::Models(_) | Route::Categories | Route::Model(_) => None,
    }
}

#[cfg(test)]
mod tests;
