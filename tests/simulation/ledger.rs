//! What happened in a world, as far as its rules need to know.

use kinora::retry::{Call, Patience};
use kinora::wire::read;
use kinora::{HttpResponse, RequestId, ServiceState};

use super::plan::{Micros, Plan, SECOND};

/// What happened so far.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// Rules that were broken, in words.
    pub(crate) broken: Vec<String>,
    /// Calls that the job made.
    pub(crate) calls: u64,
    /// Things that went wrong or interrupted.
    pub(crate) disturbances: u64,
    /// When the last of them is over, including the waits that the service asked for.
    pub(crate) disturbed_until: Micros,
    /// Whether the answer to a submit was anything but the truth.
    pub(crate) submit_troubled: bool,
    /// Whether the answer to another call was anything but the truth.
    pub(crate) question_troubled: bool,
    /// Whether a record could not be kept.
    pub(crate) store_troubled: bool,
    /// Since when the person of this session wants it stopped.
    pub(crate) wished: Option<Micros>,
    /// Whether the service was asked to stop it since.
    pub(crate) wish_sent: bool,
    /// The shares of their bound that plain back-off waits took.
    pub(crate) shares: Vec<f64>,
    waits: Vec<(Call, Micros)>,
    streak: u32,
    plain: Option<(Call, Micros, f64)>,
}

impl Ledger {
    /// Notes a broken rule, once.
    pub(crate) fn broke(&mut self, rule: impl Into<String>) {
        let rule = rule.into();
        if !self.broken.contains(&rule) {
            self.broken.push(rule);
        }
    }

    /// Something goes wrong or interrupts, until then.
    pub(crate) fn disturbed(&mut self, until: Micros) {
        self.disturbances += 1;
        self.disturbed_until = self.disturbed_until.max(until);
    }

    /// A new session knows nothing of the old one's waits and wishes.
    pub(crate) fn session_begins(&mut self, now: Micros) {
        self.disturbed(now);
        self.waits.clear();
        self.plain = None;
        self.streak = 0;
        self.wished = None;
        self.wish_sent = false;
    }

    /// A person or the page interrupts a wait, and may.
    pub(crate) fn interrupted(&mut self) {
        self.plain = None;
    }

    pub(crate) fn cancel_wished(&mut self, now: Micros) {
        self.wished.get_or_insert(now);
        self.waits.clear();
    }

    /// The job makes a call.
    pub(crate) fn called(&mut self, call: Call, now: Micros) {
        self.calls += 1;
        self.wish_sent |= call == Call::Cancel;
        let early = self
            .waits
            .iter()
            .any(|(on, until)| *on == call && now < *until);
        if early {
            self.broke("a wait that the service asked for is kept");
        }
        self.waits.retain(|(on, _)| *on != call);
        if let Some((on, since, bound)) = self.plain.take()
            && on == call
        {
            self.shares.push((now - since) as f64 / bound);
        }
    }

    /// The job is told something that is not the truth, and perhaps asked to wait.
    pub(crate) fn troubled(
        &mut self,
        call: Call,
        wait: Option<Micros>,
        is_plain: bool,
        now: Micros,
    ) {
        match call {
            Call::Submit => self.submit_troubled = true,
            Call::Status | Call::Result | Call::Cancel => self.question_troubled = true,
        }
        self.disturbed(now + wait.unwrap_or_default());
        self.streak += 1;
        match wait {
            // Who wants it stopped goes first.
            Some(_) if self.wished.is_some() => {}
            Some(wait) => self.waits.push((call, now + wait)),
            None if is_plain && self.streak < 16 => {
                let patience = Patience::of(call);
                let bound = patience.first * (1 << (self.streak - 1));
                let bound = bound.min(patience.longest).as_micros() as f64;
                self.plain = Some((call, now, bound));
            }
            None => {}
        }
    }

    /// The job is told the truth.
    pub(crate) fn answered(&mut self) {
        self.streak = 0;
    }
}

/// What the service knows, whatever anybody is told.
#[derive(Debug, Default)]
pub(crate) struct Truth {
    /// The jobs that it accepted.
    pub(crate) accepted: Vec<RequestId>,
    /// When the first of them is over by itself.
    pub(crate) ends_at: Micros,
    /// Whether it stopped it.
    pub(crate) cancelled: bool,
    /// Whether it has said that it knows it no longer.
    pub(crate) gone: bool,
}

impl Truth {
    /// Reads what the service answers, before anything happens to the answer.
    pub(crate) fn learn(&mut self, call: Call, answer: &HttpResponse, plan: &Plan, now: Micros) {
        match call {
            Call::Submit => {
                if let Ok(id) = read::submitted(answer)
                    && !self.accepted.contains(&id)
                {
                    self.accepted.push(id);
                    self.ends_at = now + life(plan);
                }
            }
            Call::Cancel => {}
            Call::Status => match read::status(answer) {
                Ok(status) => self.cancelled |= status.state == ServiceState::Cancelled,
                Err(_) => self.gone = true,
            },
            Call::Result => self.gone |= read::result(answer).is_err(),
        }
    }
}

/// How long a job takes from its acceptance to its result.
fn life(plan: &Plan) -> Micros {
    let scenario = &plan.scenario;
    let life = scenario.tick * scenario.ahead + scenario.run + scenario.late;
    u64::try_from(life.as_micros()).unwrap_or(u64::MAX) + SECOND / 1000
}
