//! How a pretended service behaves, as data.

use core::num::NonZeroU32;
use core::time::Duration;

use kinora::ModelSpec;

use crate::{Fault, Tokens};

/// How a pretended service behaves.
///
/// The default accepts everybody, has no queue and takes no time. What RunComfy leaves open or
/// contradicts itself about is a switch.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Where request ids come from: two emulators with different seeds never name two jobs alike.
    pub seed: u64,
    /// The models that are served.
    pub models: Vec<ModelSpec>,
    /// Who may ask.
    pub tokens: Tokens,
    /// How many jobs the account can pay for, ever; no limit when absent.
    pub balance: Option<u32>,
    /// How many jobs of other people stand before a new one.
    pub ahead: u32,
    /// How long each of those takes to get out of the way.
    pub tick: Duration,
    /// How many jobs run at once. The others wait in line.
    pub slots: NonZeroU32,
    /// How long a job runs at least: a result that is handed in sooner is held back.
    pub run: Duration,
    /// How long an ended job can be asked for.
    pub retention: Duration,
    /// How a missing or wrong token is refused.
    pub auth_refusal: AuthRefusal,
    /// How a result call is answered while there is no result.
    pub not_ready: NotReady,
    /// How input that breaks the model's rules is refused.
    pub violation: Violation,
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
            models: vec![ModelSpec::wan_2_2()],
            tokens: Tokens::any(),
            balance: None,
            ahead: 0,
            tick: Duration::ZERO,
            slots: NonZeroU32::MIN,
            run: Duration::ZERO,
            retention: RETENTION,
            auth_refusal: AuthRefusal::default(),
            not_ready: NotReady::default(),
            violation: Violation::default(),
            faults: Vec::new(),
        }
    }
}

/// How a missing or wrong token is refused. The first digits of the documented number say HTTP
/// 400, <https://docs.runcomfy.com/model-apis/error-codes>; RunComfy's own clients expect 401 and
/// 403, <https://github.com/runcomfy-com/runcomfy-cli> (both read 2026-11-22).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuthRefusal {
    /// HTTP 400 with the number `400004`.
    #[default]
    Numbered,
    /// HTTP 401 with a gateway's `message`.
    Unauthorized,
    /// HTTP 403 with a gateway's `message`.
    Forbidden,
}

/// How a result call is answered while there is no result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotReady {
    /// HTTP 200 with the state, as the documentation says:
    /// <https://docs.runcomfy.com/model-apis/async-queue-endpoints> (read 2026-11-22).
    #[default]
    State,
    /// HTTP 400 with the number `400005`, as in the tests of RunComfy's Zapier app:
    /// <https://github.com/runcomfy-com/runcomfy-mcp> (read 2026-11-22).
    Error,
}

/// How input that breaks the model's rules is refused. No body is documented; RunComfy's command
/// line reads both as such, <https://github.com/runcomfy-com/runcomfy-cli> (read 2026-11-22).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Violation {
    /// HTTP 422.
    #[default]
    Unprocessable,
    /// HTTP 400.
    BadRequest,
}

impl Violation {
    pub(crate) const fn status(self) -> u16 {
        match self {
            Self::Unprocessable => 422,
            Self::BadRequest => 400,
        }
    }
}

/// Seven days, as RunComfy keeps the outputs of its other product:
/// <https://github.com/runcomfy-com/runcomfy-mcp> (read 2026-11-22).
const RETENTION: Duration = Duration::from_secs(7 * 24 * 60 * 60);
