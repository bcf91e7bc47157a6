//! What the command line says about the pretended service.

use std::num::NonZeroU32;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clap::{Args, ValueEnum};
use kinora_emulator::{AuthRefusal, NotReady, Scenario, Tokens, Violation};

use super::fault::Mishap;

/// How the pretended service behaves, and where.
#[derive(Args)]
pub(crate) struct Options {
    /// The port on 127.0.0.1; 0 lets the system choose one. The address is printed when ready.
    #[arg(long, default_value_t = 8787)]
    pub(super) port: u16,
    /// Whether web pages of other origins may read the API's answers.
    #[arg(long, value_enum, default_value_t = Switch::On)]
    pub(super) cors: Switch,
    /// Whether web pages of other origins may read the bytes of outputs.
    #[arg(long, value_enum, default_value_t = Switch::On)]
    pub(super) media_cors: Switch,
    /// Accept only this token; may be given several times, each is an account of its own.
    #[arg(long = "token", value_name = "TOKEN")]
    tokens: Vec<String>,
    /// How long a job waits in the queue.
    #[arg(long, value_name = "SECONDS", default_value = "3", value_parser = seconds)]
    queue: Duration,
    /// How many jobs of other people stand before a new one, if there is a queue at all.
    #[arg(long, value_name = "JOBS", default_value = "3")]
    ahead: NonZeroU32,
    /// How long a job runs.
    #[arg(long, value_name = "SECONDS", default_value = "4", value_parser = seconds)]
    run: Duration,
    /// How many jobs run at once.
    #[arg(long, value_name = "JOBS", default_value = "1")]
    slots: NonZeroU32,
    /// How many jobs the account can pay for [default: any number].
    #[arg(long, value_name = "JOBS")]
    balance: Option<u32>,
    /// How a missing or wrong token is refused.
    #[arg(long, value_enum, default_value_t = Refusal::Numbered)]
    auth_refusal: Refusal,
    /// How a result call is answered while there is no result: the state in a 200, or 400005.
    #[arg(long, value_enum, default_value_t = Early::State)]
    not_ready: Early,
    /// The HTTP status for input that breaks the model's rules.
    #[arg(long, value_enum, default_value_t = Breach::Unprocessable)]
    violation: Breach,
    /// Where request ids come from [default: the clock].
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// Something that goes wrong, as CALL=WHAT[*TIMES]; may be given several times.
    #[arg(long = "fault", value_name = "FAULT", long_help = FAULTS)]
    pub(super) mishaps: Vec<Mishap>,
}

impl Options {
    pub(super) fn scenario(&self) -> Scenario {
        let faults = self
            .mishaps
            .iter()
            .filter_map(Mishap::fault)
            .cloned()
            .collect();
        Scenario {
            seed: self.seed.unwrap_or_else(of_clock),
            tokens: match self.tokens.as_slice() {
                [] => Tokens::any(),
                tokens => Tokens::only(tokens.iter().cloned()),
            },
            balance: self.balance,
            ahead: if self.queue.is_zero() {
                0
            } else {
                self.ahead.get()
            },
            tick: self.queue / self.ahead.get(),
            slots: self.slots,
            run: self.run,
            auth_refusal: self.auth_refusal.into(),
            not_ready: self.not_ready.into(),
            violation: self.violation.into(),
            faults,
            ..Scenario::default()
        }
    }
}

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Switch {
    /// Yes.
    On,
    /// No.
    Off,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Refusal {
    /// HTTP 400 with error 400004.
    Numbered,
    /// A gateway's HTTP 401.
    #[value(name = "401")]
    Unauthorized,
    /// A gateway's HTTP 403.
    #[value(name = "403")]
    Forbidden,
}

impl From<Refusal> for AuthRefusal {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Numbered => Self::Numbered,
            Refusal::Unauthorized => Self::Unauthorized,
            Refusal::Forbidden => Self::Forbidden,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Early {
    /// HTTP 200 with the state.
    State,
    /// HTTP 400 with error 400005.
    Error,
}

impl From<Early> for NotReady {
    fn from(early: Early) -> Self {
        match early {
            Early::State => Self::State,
            Early::Error => Self::Error,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Breach {
    /// HTTP 422.
    #[value(name = "422")]
    Unprocessable,
    /// HTTP 400.
    #[value(name = "400")]
    BadRequest,
}

impl From<Breach> for Violation {
    fn from(breach: Breach) -> Self {
        match breach {
            Breach::Unprocessable => Self::Unprocessable,
            Breach::BadRequest => Self::BadRequest,
        }
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text
        .parse::<f64>()
        .map_err(|_| format!("\"{text}\" is not a number of seconds"))?;
    Duration::try_from_secs_f64(seconds).map_err(|_| format!("{text} is no span of time"))
}

fn of_clock() -> u64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    since.as_nanos() as u64
}

const FAULTS: &str = "\
Something that goes wrong, as CALL=WHAT[*TIMES]; may be given several times, the first that applies
does. Without TIMES it always happens.

CALL  submit, status, result, cancel; or `run`, which is the making itself
WHAT  429 or 429:SECONDS   too many requests, with Retry-After when SECONDS is given
      400001, 400002, …    one of the service's six-digit errors, under its first three digits
      200/400004           the same inside an HTTP 200
      401, 403, 500, …     a gateway's {\"message\"} with this HTTP status
      html                 a web page where JSON belongs
      not-accepted         a 503 marked `Kinora-Accepted: no`
      unheard              nothing is done, and the connection is closed
      lost                 it is done, and the connection is closed without an answer
      no-id                it is done, and answered with an empty object
      failed               the job fails (with `run` only)

`lose-first-submit` stands for submit=lost*1.

Examples: --fault submit=429:2*1   --fault status=html*2   --fault run=failed";
