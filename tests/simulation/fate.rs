//! What becomes of one call on its way to the service and back.

use kinora::retry::Call;
use kinora::{HostKind, TransportErrorKind};

use super::dice::Dice;
use super::mishap::{self, Mishap};
use super::plan::{Micros, Plan, SECOND};

/// What becomes of one call.
pub(crate) struct Fate {
    /// Short name, for a trace.
    pub(crate) name: &'static str,
    /// When it arrives, if it does.
    pub(crate) arrives: Option<Micros>,
    /// When it arrives once more, if it does.
    pub(crate) twice: Option<Micros>,
    /// Whether the service does what it is asked.
    pub(crate) acts: bool,
    /// What comes back.
    pub(crate) back: Back,
}

/// What comes back of a call.
pub(crate) enum Back {
    /// The service's answer, so long after the arrival.
    Truth(Micros),
    /// The service's answer, damaged.
    Damaged(Micros),
    /// Another answer.
    Instead(Mishap, Micros),
    /// None; this is known so long after the call was made.
    Nothing(TransportErrorKind, Micros),
}

impl Fate {
    /// A call of `plan`, made at `now` with this time for its answer; `server` is the service's
    /// clock in seconds since 1970.
    pub(crate) fn of(
        dice: &mut Dice,
        plan: &Plan,
        call: Call,
        now: Micros,
        server: u64,
        patience: Micros,
    ) -> Self {
        let arrives = dice.between(SECOND / 100, SECOND / 2);
        let back = Back::Truth(dice.between(SECOND / 100, SECOND / 2));
        let good = Self {
            name: "",
            arrives: Some(arrives),
            twice: None,
            acts: true,
            back,
        };
        if now >= plan.calm_at || !dice.percent(plan.call_trouble) {
            return good;
        }
        good.troubled(dice, plan, call, server, patience)
    }

    fn troubled(
        self,
        dice: &mut Dice,
        plan: &Plan,
        call: Call,
        server: u64,
        patience: Micros,
    ) -> Self {
        let soon = dice.between(0, 3 * SECOND);
        let lost = match dice.percent(50) {
            true => Back::Nothing(TransportErrorKind::NoAnswer, soon),
            false => Back::Nothing(TransportErrorKind::TimedOut, patience),
        };
        match dice.between(0, 12) {
            0 => Self {
                name: "not sent",
                arrives: None,
                back: Back::Nothing(TransportErrorKind::NotSent, soon),
                ..self
            },
            1 => Self {
                name: "request lost",
                arrives: None,
                back: lost,
                ..self
            },
            2 | 3 => Self {
                name: "answer lost",
                back: lost,
                ..self
            },
            4 => Self {
                name: "slow",
                arrives: Some(dice.between(0, 40 * SECOND)),
                back: Back::Truth(dice.between(0, 40 * SECOND)),
                ..self
            },
            5 => Self {
                name: "arrives after it was given up",
                arrives: Some(patience + dice.between(0, 60 * SECOND)),
                back: Back::Nothing(TransportErrorKind::TimedOut, patience),
                ..self
            },
            6 if may_double(plan.host, call) => Self {
                name: "arrives twice",
                twice: Some(dice.between(0, 100 * SECOND)),
                ..self
            },
            7 | 8 => Self {
                name: "misreported",
                back: Back::Instead(mishap::misreport(dice, call, server), soon),
                ..self
            },
            9 => Self {
                name: "damaged",
                back: Back::Damaged(soon),
                ..self
            },
            _ => Self {
                name: "refused",
                acts: false,
                back: Back::Instead(mishap::refusal(dice, call, plan.host, server), soon),
                ..self
            },
        }
    }
}

/// A network that delivers a POST twice makes two jobs where nobody knows intents: a limit that the
/// README names. Everything else may arrive twice.
fn may_double(host: HostKind, call: Call) -> bool {
    call != Call::Submit || host == HostKind::Kinora
}
