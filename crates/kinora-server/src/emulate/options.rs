//! What the command line says about the pretended service.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use kinora_emulator::{
    AuthRefusal, BalanceRefusal, CancelAnswer, ErrorShape, ErrorStatus, Fault, NotReady,
    OutputShape, Preset, Scenario, SubmitAnswer, Switch, Tokens, Violation,
};

use super::EmulateError;
use super::mishap::Mishap;
use super::scenario;

/// How the pretended service behaves, and where.
#[derive(Args)]
pub(crate) struct Options {
    /// The port on 127.0.0.1; 0 lets the system choose one. The address is printed when ready.
    #[arg(long, default_value_t = 8787)]
    pub(super) port: u16,
    /// How the service behaves: the name of a preset, or a JSON file [default: usual].
    #[arg(long, value_name = "NAME|FILE", long_help = scenarios())]
    scenario: Option<String>,
    /// List the presets and what each promises, then end.
    #[arg(long)]
    pub(super) list_scenarios: bool,
    /// The video that every job makes: an MP4, QuickTime, WebM, Ogg, GIF or WebP file, held in
    /// memory [default: five bundled seconds].
    #[arg(long, value_name = "FILE")]
    pub(super) video: Option<PathBuf>,
    /// Whether web pages of other origins may read the API's answers.
    #[arg(long, value_enum)]
    cors: Option<OnOff>,
    /// Whether web pages of other origins may read the bytes of outputs.
    #[arg(long, value_enum)]
    media_cors: Option<OnOff>,
    /// Whether web pages of other origins may read Retry-After and Date.
    #[arg(long, value_enum)]
    expose_headers: Option<OnOff>,
    /// How long browsers may remember that a page may ask (Access-Control-Max-Age).
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    max_age: Option<Duration>,
    /// Accept only this token; may be given several times, each is an account of its own.
    /// TOKEN=JOBS is an account that can pay for so many jobs.
    #[arg(long = "token", value_name = "TOKEN[=JOBS]")]
    tokens: Vec<Token>,
    /// How long a job waits in the queue.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    queue: Option<Duration>,
    /// How many jobs of other people stand before a new one, if there is a queue at all.
    #[arg(long, value_name = "JOBS")]
    ahead: Option<NonZeroU32>,
    /// How long a job runs.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    run: Option<Duration>,
    /// How many jobs run at once.
    #[arg(long, value_name = "JOBS")]
    slots: Option<NonZeroU32>,
    /// How many jobs an account can pay for.
    #[arg(long, value_name = "JOBS")]
    balance: Option<u32>,
    /// How a missing or wrong token is refused.
    #[arg(long, value_parser = choice::<AuthRefusal>())]
    auth_refusal: Option<AuthRefusal>,
    /// How a result call is answered while there is no result.
    #[arg(long, value_parser = choice::<NotReady>())]
    not_ready: Option<NotReady>,
    /// The HTTP status for input that breaks the model's rules.
    #[arg(long, value_parser = choice::<Violation>())]
    violation: Option<Violation>,
    /// Where request ids come from [default: the scenario's, or the clock].
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// Something that goes wrong, as CALL=WHAT[*TIMES]; may be given several times.
    #[arg(long = "fault", value_name = "FAULT", long_help = faults())]
    mishaps: Vec<Mishap>,
}

impl Options {
    /// The scenario that is named, with what the other options change of it.
    ///
    /// # Errors
    /// When there is no such preset or file, or the file is no scenario.
    pub(super) fn scenario(&self) -> Result<Scenario, EmulateError> {
        let name = self.scenario.as_deref();
        let mut scenario = name.map_or_else(|| Ok(Preset::ALL[0].scenario()), scenario::named)?;
        self.change_queue(&mut scenario);
        self.change_cors(&mut scenario);
        self.change_troubles(&mut scenario);
        if let Some(token) = (!self.tokens.is_empty()).then(|| tokens(&self.tokens)) {
            scenario.tokens = token;
        }
        scenario.seed = match (self.seed, scenario.seed) {
            (Some(seed), _) => seed,
            (None, 0) => of_clock(),
            (None, seed) => seed,
        };
        scenario.run = self.run.unwrap_or(scenario.run);
        scenario.slots = self.slots.unwrap_or(scenario.slots);
        scenario.balance = self.balance.or(scenario.balance);
        scenario.auth_refusal = self.auth_refusal.unwrap_or(scenario.auth_refusal);
        scenario.not_ready = self.not_ready.unwrap_or(scenario.not_ready);
        scenario.violation = self.violation.unwrap_or(scenario.violation);
        Ok(scenario)
    }

    fn change_queue(&self, scenario: &mut Scenario) {
        if self.queue.is_none() && self.ahead.is_none() {
            return;
        }
        let queue = self.queue.unwrap_or(scenario.tick * scenario.ahead);
        let ahead = self.ahead.or_else(|| NonZeroU32::new(scenario.ahead));
        let ahead = ahead.map_or(AHEAD, NonZeroU32::get);
        scenario.ahead = if queue.is_zero() { 0 } else { ahead };
        scenario.tick = queue / ahead;
    }

    fn change_cors(&self, scenario: &mut Scenario) {
        let cors = &mut scenario.cors;
        let is_on = |option: Option<OnOff>, before| option.map_or(before, |it| it == OnOff::On);
        cors.answers = is_on(self.cors, cors.answers);
        cors.media = is_on(self.media_cors, cors.media);
        cors.expose = is_on(self.expose_headers, cors.expose);
        cors.max_age = self.max_age.or(cors.max_age);
    }

    fn change_troubles(&self, scenario: &mut Scenario) {
        let mut faults = Vec::new();
        for mishap in &self.mishaps {
            match mishap {
                Mishap::Call(fault) => faults.push(fault.clone()),
                Mishap::Run(failing) => scenario.failing = *failing,
            }
        }
        faults.append(&mut scenario.faults);
        scenario.faults = faults;
    }
}

/// The presets as a table.
pub(super) fn presets() -> String {
    let widest = Preset::ALL.iter().map(|preset| preset.name.len()).max();
    let line = |preset: &Preset| {
        let width = widest.unwrap_or_default();
        format!("{:width$}  {}\n", preset.name, preset.meaning)
    };
    Preset::ALL.iter().map(line).collect()
}

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OnOff {
    /// Yes.
    On,
    /// No.
    Off,
}

/// A token, and how many jobs it can pay for.
#[derive(Clone)]
struct Token(String, Option<u32>);

impl FromStr for Token {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            None => Ok(Self(text.to_owned(), None)),
            Some((token, jobs)) => {
                let jobs = jobs.parse();
                let jobs = jobs.map_err(|_| "write it as TOKEN=JOBS, such as poor=1".to_owned())?;
                Ok(Self(token.to_owned(), Some(jobs)))
            }
        }
    }
}

fn tokens(tokens: &[Token]) -> Tokens {
    let none = Tokens::only([""; 0]);
    tokens
        .iter()
        .fold(none, |tokens, Token(token, jobs)| match jobs {
            Some(jobs) => tokens.with_balance(token, *jobs),
            None => tokens.with(token),
        })
}

fn choice<T: Switch + Send + Sync>() -> impl TypedValueParser<Value = T> {
    let words = T::CHOICES.iter();
    let words = words.map(|(word, _, meaning)| PossibleValue::new(*word).help(*meaning));
    PossibleValuesParser::new(words)
        .try_map(|word| T::named(&word).ok_or("this is none of the choices"))
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

fn scenarios() -> String {
    format!(
        "How the service behaves: the name of a preset, or a JSON file. Other options change it; what \
         they leave out is as it says.\n\n{}\nA file is an object with any of these members; spans \
         are in seconds:\n{}\n\nExample: {}",
        presets(),
        members(),
        r#"{"preset": "slow", "run": 20, "tokens": ["test"], "faults": ["status=503*2"]}"#,
    )
}

/// A scenario's members, and the words of those that have some.
fn members() -> String {
    let words = [
        choices::<AuthRefusal>("auth_refusal"),
        choices::<BalanceRefusal>("balance_refusal"),
        choices::<ErrorStatus>("error_status"),
        choices::<SubmitAnswer>("submit_answer"),
        choices::<NotReady>("not_ready"),
        choices::<Violation>("violation"),
        choices::<OutputShape>("output"),
        choices::<ErrorShape>("error"),
        choices::<CancelAnswer>("cancel_answer"),
    ];
    let is_plain = |member: &&&str| !words.iter().any(|(named, _)| named == *member);
    let plain: Vec<_> = Scenario::MEMBERS.iter().filter(is_plain).copied().collect();
    let words = words
        .iter()
        .map(|(named, words)| format!("\n{named:15}  {words}"));
    format!("{}{}", plain.join(", "), words.collect::<String>())
}

fn choices<T: Switch>(member: &'static str) -> (&'static str, String) {
    let words: Vec<_> = T::CHOICES.iter().map(|(word, ..)| *word).collect();
    (member, words.join(" | "))
}

fn faults() -> String {
    format!(
        "Something that goes wrong; may be given several times, the first that applies does. Written \
         as\n{}\n\n`run=failed[*TIMES]` makes jobs fail; `lose-first-submit` stands for submit=lost*1.",
        Fault::GRAMMAR
    )
}

/// How many others stand before a new job when nobody says.
const AHEAD: u32 = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_lists_every_preset_and_every_member() {
        let help = scenarios();
        for preset in Preset::ALL {
            assert!(help.contains(preset.name) && help.contains(preset.meaning));
        }
        assert!(Scenario::MEMBERS.iter().all(|member| help.contains(member)));
        assert!(
            help.contains("\noutput           object | list | text\n"),
            "{help}"
        );
        assert!(faults().contains("not-accepted"));
    }
}
