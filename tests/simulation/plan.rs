//! What a seed stands for: a service, a network, a person, and when each of them does what.

use std::time::Duration;

use kinora::{Hint, HostKind};
use kinora_emulator::{Failing, Scenario, Switch, Tokens};

use super::dice::Dice;

/// Virtual time in microseconds since the world began.
pub(crate) type Micros = u64;

/// A second.
pub(crate) const SECOND: Micros = 1_000_000;

/// The token of every world. It must be found nowhere but in headers to the base.
pub(crate) const CANARY: &str = "canary-5ca1ab1e";

/// What will happen.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) host: HostKind,
    pub(crate) scenario: Scenario,
    /// How many calls in a hundred go wrong while there is trouble.
    pub(crate) call_trouble: u64,
    /// How many stores in a hundred fail while there is trouble.
    pub(crate) store_trouble: u64,
    /// When all trouble is over.
    pub(crate) calm_at: Micros,
    /// What happens around the job, in order.
    pub(crate) around: Vec<(Micros, Around)>,
    /// Whether the person sends an uncertain submit again, where that is safe.
    pub(crate) sends_again: bool,
    /// Whether the person finds an uncertain job at the service.
    pub(crate) finds_it: bool,
    /// Whether answers name URLs of another host.
    pub(crate) names_elsewhere: bool,
}

/// What happens around a job.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Around {
    /// The person wants it stopped.
    Cancel,
    /// The page is hidden or shown, the network goes or comes.
    Hint(Hint),
    /// The page goes away, with everything but the records.
    Reload,
    /// The client's wall clock steps back by so many seconds.
    ClockBack(u64),
}

impl Plan {
    pub(crate) fn of(dice: &mut Dice) -> Self {
        let long = dice.pick(&[300, 300, 300, 900, 900, 900, 900, 9000]);
        let calm_at = dice.pick(&[0, 5, 20, 20, 90, 90, 90, long]) * SECOND;
        Self {
            host: dice.pick(&[HostKind::Kinora, HostKind::Kinora, HostKind::RunComfy]),
            scenario: scenario(dice),
            call_trouble: dice.pick(&[0, 5, 20, 50, 90, 100]),
            store_trouble: dice.pick(&[0, 0, 0, 10, 50]),
            calm_at,
            around: around(dice),
            sends_again: dice.percent(60),
            finds_it: dice.percent(60),
            names_elsewhere: dice.percent(50),
        }
    }

    /// What will happen, for a trace.
    pub(crate) fn in_words(&self) -> String {
        let scenario = &self.scenario;
        format!(
            "{:?} host; {} % of calls and {} % of stores in trouble until {} s; {} before the job, \
             {:?} each, it runs {:?}, its result comes {:?} later and is kept {:?}; failing {:?}",
            self.host,
            self.call_trouble,
            self.store_trouble,
            self.calm_at / SECOND,
            scenario.ahead,
            scenario.tick,
            scenario.run,
            scenario.late,
            scenario.retention,
            scenario.failing,
        )
    }
}

fn scenario(dice: &mut Dice) -> Scenario {
    Scenario {
        tokens: Tokens::only([CANARY]),
        ahead: u32::try_from(dice.pick(&[0, 0, 1, 3, 6])).unwrap_or_default(),
        tick: Duration::from_secs(dice.between(0, 20)),
        run: Duration::from_secs(dice.pick(&[0, 1, 5, 30, 60, 60, 200])),
        late: Duration::from_secs(dice.pick(&[0, 0, 0, 4, 30])),
        retention: match dice.percent(10) {
            true => Duration::from_secs(dice.between(1, 60)),
            false => Scenario::default().retention,
        },
        failing: dice.pick(&[Failing::None, Failing::None, Failing::None, Failing::All]),
        odd_state: dice.percent(20).then(|| "warming_up".to_owned()),
        submit_answer: any(dice),
        not_ready: any(dice),
        output: any(dice),
        error: any(dice),
        cancel_answer: any(dice),
        error_status: any(dice),
        ..Scenario::default()
    }
}

fn any<T: Switch + Copy>(dice: &mut Dice) -> T {
    let at = usize::try_from(dice.between(0, T::CHOICES.len() as u64)).unwrap_or_default();
    T::CHOICES[at].1
}

fn around(dice: &mut Dice) -> Vec<(Micros, Around)> {
    let many = dice.pick(&[0, 0, 1, 1, 2, 3, 6]);
    // Half of them while a job is being submitted, where most can go wrong.
    let when = |dice: &mut Dice| match dice.percent(50) {
        true => dice.between(0, 3 * SECOND),
        false => dice.between(0, 200 * SECOND),
    };
    let mut around: Vec<_> = (0..many).map(|_| (when(dice), one(dice))).collect();
    around.sort_by_key(|(at, _)| *at);
    around
}

fn one(dice: &mut Dice) -> Around {
    match dice.between(0, 10) {
        0..3 => Around::Cancel,
        3..6 => Around::Reload,
        6..8 => Around::Hint(dice.pick(&HINTS)),
        _ => Around::ClockBack(dice.pick(&[1, 60, 3600, 86_400])),
    }
}

const HINTS: [Hint; 4] = [Hint::Hidden, Hint::Visible, Hint::Offline, Hint::Online];
