//! Everything around a job, in virtual time: a service, the network to it, a store, two clocks.
//!
//! What happens is a queue of moments. A future of the job waits for a slot to be filled;
//! [`World::step`] takes the next moment and fills it. What is on its way when a page goes away
//! stays on its way.

use std::cell::{RefCell, RefMut};
use std::collections::BTreeMap;

use kinora::retry::Call;
use kinora::wire::read;
use kinora::{Command, Connection, HttpRequest, HttpResponse, IntentId, StoreError, Value};
use kinora_emulator::Emulator;

use super::dice::Dice;
use super::fate::{Back, Fate};
use super::ledger::{Ledger, Truth};
use super::mishap;
use super::moment::{Filling, Moment, Step};
use super::plan::{Around, Micros, Plan, SECOND};

/// Everything around a job.
pub(crate) struct World {
    pub(crate) plan: Plan,
    pub(crate) connection: Connection,
    pub(crate) intent: IntentId,
    /// Whether a readable trace is wanted.
    tracing: bool,
    inner: RefCell<Inner>,
}

/// What changes.
pub(crate) struct Inner {
    pub(crate) time: Micros,
    pub(crate) dice: Dice,
    pub(crate) ledger: Ledger,
    pub(crate) truth: Truth,
    pub(crate) emulator: Emulator,
    /// The stored record, as a reload would find it.
    pub(crate) kept: Option<Value>,
    pub(crate) commands: Vec<Command>,
    pub(crate) trace: Vec<String>,
    /// How far the client's wall clock has been stepped back.
    pub(crate) clock_back: Micros,
    /// Slots that futures wait for; empty until something fills them.
    pub(crate) slots: BTreeMap<u64, Option<Filling>>,
    moments: BTreeMap<(Micros, u64), Moment>,
    serial: u64,
}

impl World {
    pub(crate) fn new(mut dice: Dice, connection: Connection, plan: Plan, tracing: bool) -> Self {
        let intent = IntentId::mint(u128::from(dice.roll()));
        let emulator = Emulator::new(plan.scenario.clone(), connection.base().clone());
        let inner = Inner {
            time: 0,
            dice,
            ledger: Ledger::default(),
            truth: Truth::default(),
            emulator,
            kept: None,
            commands: Vec::new(),
            trace: Vec::new(),
            clock_back: 0,
            moments: BTreeMap::new(),
            slots: BTreeMap::new(),
            serial: 0,
        };
        let world = Self {
            plan,
            connection,
            intent,
            tracing,
            inner: RefCell::new(inner),
        };
        for (at, around) in world.plan.around.clone() {
            world.inner().at(at, Moment::Around(around));
        }
        world
    }

    pub(crate) fn inner(&self) -> RefMut<'_, Inner> {
        self.inner.borrow_mut()
    }

    /// Adds a line to the trace.
    pub(crate) fn note(&self, line: impl FnOnce() -> String) {
        if self.tracing {
            let mut inner = self.inner();
            let time = inner.time as f64 / SECOND as f64;
            inner.trace.push(format!("{time:10.3} s  {}", line()));
        }
    }

    /// Lets the next thing happen.
    pub(crate) fn step(&self) -> Step {
        let Some(((at, _), moment)) = self.inner().moments.pop_first() else {
            return Step::Nothing;
        };
        self.inner().time = at;
        match moment {
            Moment::Arrives {
                call,
                request,
                slot,
                fate,
            } => self.arrives(call, &request, slot, *fate),
            Moment::ArrivesAgain(call, request) => {
                self.note(|| format!("  the {} arrives once more", name(call)));
                self.serve(call, &request);
            }
            Moment::Fills(slot, filling) => self.fill(slot, filling),
            Moment::Keeps(slot, value, works) => self.keep(slot, *value, works),
            Moment::Around(around) => return self.around(around),
        }
        Step::Happened
    }

    /// What is on its way goes on until then, though nobody listens. Reloads find no page.
    pub(crate) fn pass(&self, until: Micros) {
        let due = |world: &Self| {
            let next = world
                .inner()
                .moments
                .first_key_value()
                .map(|((at, _), _)| *at);
            next.is_some_and(|at| at <= until)
        };
        while due(self) {
            self.step();
        }
        let mut inner = self.inner();
        inner.time = inner.time.max(until);
        inner.commands.clear();
    }

    /// What nobody waits for any more is forgotten; a store in mid-air lands or does not.
    pub(crate) fn page_goes_away(&self) {
        let mut inner = self.inner();
        inner.slots.clear();
        inner.commands.clear();
        let mut landed = Vec::new();
        let Inner { moments, dice, .. } = &mut *inner;
        moments.retain(|_, moment| match moment {
            Moment::Keeps(_, value, works) => {
                if *works && dice.percent(50) {
                    landed.push(value.clone());
                }
                false
            }
            _ => true,
        });
        if let Some(value) = landed.pop() {
            inner.kept = Some(*value);
        }
    }

    fn arrives(&self, call: Call, request: &HttpRequest, slot: u64, fate: Fate) {
        let truth = fate.acts.then(|| self.serve(call, request));
        let mut inner = self.inner();
        let now = inner.time;
        if let Some(later) = fate.twice {
            let again = Moment::ArrivesAgain(call, Box::new(request.clone()));
            inner.at(now + later, again);
        }
        let (answer, wait, is_true, back) = match (fate.back, truth) {
            (Back::Truth(back), Some(answer)) => (answer, None, true, back),
            (Back::Damaged(back), Some(answer)) => {
                (mishap::damaged(&mut inner.dice, &answer), None, false, back)
            }
            (Back::Instead(mishap, back), _) => (mishap.response, mishap.wait, false, back),
            (Back::Truth(_) | Back::Damaged(_) | Back::Nothing(..), _) => return,
        };
        let filling = Filling::Answered {
            call,
            answer: Ok(answer),
            wait,
            is_true,
        };
        inner.at(now + back, Moment::Fills(slot, filling));
    }

    /// The service takes a call, and whoever makes the videos hands in what is due.
    fn serve(&self, call: Call, request: &HttpRequest) -> HttpResponse {
        let mut inner = self.inner();
        let now = inner.server();
        inner.make(now);
        let answer = inner.emulator.handle(request, now);
        inner.make(now);
        let time = inner.time;
        inner.truth.learn(call, &answer, &self.plan, time);
        if call == Call::Cancel {
            inner.truth.cancelled |=
                matches!(read::cancelled(&answer), Ok(read::CancelAnswer::Cancelled));
            inner.look_whether_cancelled(&self.connection, now);
        }
        answer
    }

    fn fill(&self, slot: u64, filling: Filling) {
        let mut inner = self.inner();
        if !inner.slots.contains_key(&slot) {
            return;
        }
        let now = inner.time;
        if let Filling::Answered {
            call,
            answer,
            wait,
            is_true,
        } = &filling
        {
            let is_plain = answer.as_ref().map_or(true, |answer| answer.status >= 500);
            match is_true {
                true => inner.ledger.answered(),
                false => inner.ledger.troubled(*call, *wait, is_plain, now),
            }
        }
        inner.slots.insert(slot, Some(filling));
    }

    fn keep(&self, slot: u64, value: Value, works: bool) {
        let kept = match works {
            true => {
                self.inner().kept = Some(value);
                Ok(())
            }
            false => Err(StoreError {
                words: "the disk is full".to_owned(),
            }),
        };
        self.fill(slot, Filling::Stored(kept));
    }

    fn around(&self, around: Around) -> Step {
        self.note(|| format!("  {around:?}"));
        let mut inner = self.inner();
        let now = inner.time;
        inner.ledger.disturbed(now);
        match around {
            Around::Cancel => inner.commands.push(Command::Cancel),
            Around::Hint(hint) => inner.commands.push(Command::Hint(hint)),
            Around::ClockBack(seconds) => inner.clock_back += seconds * SECOND,
            Around::Reload => return Step::Reloaded,
        }
        Step::Happened
    }
}

impl Inner {
    pub(crate) fn at(&mut self, at: Micros, moment: Moment) {
        self.serial += 1;
        self.moments.insert((at, self.serial), moment);
    }

    pub(crate) fn slot(&mut self) -> u64 {
        self.serial += 1;
        self.slots.insert(self.serial, None);
        self.serial
    }
}

/// A call's name, for a trace.
pub(crate) const fn name(call: Call) -> &'static str {
    match call {
        Call::Submit => "submit",
        Call::Status => "status",
        Call::Result => "result",
        Call::Cancel => "cancel",
    }
}

/// When every world begins, in milliseconds since 1970-01-01T00:00:00Z.
pub(crate) const BEGAN: u64 = 1_795_305_600_000;
