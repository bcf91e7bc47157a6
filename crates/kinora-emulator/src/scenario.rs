//! How a pretended service behaves, as data.

use core::num::NonZeroU32;
use core::time::Duration;

use crate::{
    AuthRefusal, BalanceRefusal, CancelAnswer, Catalog, ErrorShape, ErrorStatus, Fault, Model,
    NotReady, OutputShape, SubmitAnswer, Tokens, Violation,
};

mod preset;
pub use preset::Preset;
mod read;
pub use read::ScenarioProblem;

/// How a pretended service behaves.
///
/// The default accepts everybody, has no queue, takes no time and has no catalogue. What RunComfy leaves open or
/// contradicts itself about is a switch. [`Preset`] names the interesting ones, and
/// [`from_value`](Self::from_value) reads one from JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Where request ids come from: two emulators with different seeds never name two jobs alike.
    pub seed: u64,
    /// The models that are served.
    pub models: Vec<Model>,
    /// What answers the catalogue's calls; they are not found when absent.
    pub catalog: Option<Catalog>,
    /// Who may ask.
    pub tokens: Tokens,
    /// How many jobs an account can pay for, ever, unless its token says otherwise; no limit when
    /// absent.
    pub balance: Option<u32>,
    /// How many jobs of other people stand before a new one.
    pub ahead: u32,
    /// How long each of those takes to get out of the way.
    pub tick: Duration,
    /// How many jobs run at once. The others wait in line.
    pub slots: NonZeroU32,
    /// How long a job runs at least: a result that is handed in sooner is held back.
    pub run: Duration,
    /// How long a job is `completed` before its result can be read.
    pub late: Duration,
    /// How long an ended job can be asked for.
    pub retention: Duration,
    /// Which jobs fail by themselves.
    pub failing: Failing,
    /// A state that is told in place of `in_progress` during the first half of a run.
    pub odd_state: Option<String>,
    /// How a missing or wrong token is refused.
    pub auth_refusal: AuthRefusal,
    /// How an account without balance is refused.
    pub balance_refusal: BalanceRefusal,
    /// Under which HTTP status numbered errors come.
    pub error_status: ErrorStatus,
    /// How an accepted submit is answered.
    pub submit_answer: SubmitAnswer,
    /// How a result call is answered while there is no result.
    pub not_ready: NotReady,
    /// How input that breaks the model's rules is refused.
    pub violation: Violation,
    /// The shape of a job's output.
    pub output: OutputShape,
    /// The shape of a failed job's error.
    pub error: ErrorShape,
    /// What a cancelled job is told to be.
    pub cancel_answer: CancelAnswer,
    /// What pages of other origins may read; for hosts that have pages of other origins.
    pub cors: Cors,
    /// What goes wrong on purpose; the first that applies does.
    pub faults: Vec<Fault>,
}

impl Scenario {
    /// How long a job waits when no other of ours is before it.
    pub(crate) fn wait(&self) -> Duration {
        self.tick.saturating_mul(self.ahead)
    }
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            seed: 0,
            models: vec![Model::wan_2_2()],
            catalog: None,
            tokens: Tokens::any(),
            balance: None,
            ahead: 0,
            tick: Duration::ZERO,
            slots: NonZeroU32::MIN,
            run: Duration::ZERO,
            late: Duration::ZERO,
            retention: RETENTION,
            failing: Failing::None,
            odd_state: None,
            auth_refusal: AuthRefusal::default(),
            balance_refusal: BalanceRefusal::default(),
            error_status: ErrorStatus::default(),
            submit_answer: SubmitAnswer::default(),
            not_ready: NotReady::default(),
            violation: Violation::default(),
            output: OutputShape::default(),
            error: ErrorShape::default(),
            cancel_answer: CancelAnswer::default(),
            cors: Cors::default(),
            faults: Vec::new(),
        }
    }
}

/// Which jobs fail by themselves, without their host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Failing {
    /// None.
    #[default]
    None,
    /// So many that are accepted first.
    First(u32),
    /// All.
    All,
}

impl Failing {
    /// Whether the job fails before which `earlier` were accepted.
    pub(crate) fn is(self, earlier: u64) -> bool {
        match self {
            Self::None => false,
            Self::First(jobs) => earlier < u64::from(jobs),
            Self::All => true,
        }
    }
}

/// What pages of other origins are told. RunComfy documents nothing about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cors {
    /// Whether they may read answers.
    pub answers: bool,
    /// Whether they may read the bytes of outputs.
    pub media: bool,
    /// Whether they may read when to ask again: `Retry-After`, `Date` and the like.
    pub expose: bool,
    /// How long a browser may remember that it may ask; not said when absent.
    pub max_age: Option<Duration>,
}

impl Default for Cors {
    fn default() -> Self {
        Self {
            answers: true,
            media: true,
            expose: true,
            max_age: Some(PREFLIGHT_KEPT),
        }
    }
}

/// Seven days, as RunComfy keeps the outputs of its other product:
/// <https://github.com/runcomfy-com/runcomfy-mcp> (read 2026-11-22).
const RETENTION: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Ten minutes: a person who changes a switch does not wait long for it.
const PREFLIGHT_KEPT: Duration = Duration::from_secs(10 * 60);
