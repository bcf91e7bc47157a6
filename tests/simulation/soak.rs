//! Plays many worlds, or shows one: what `cargo xtask soak` runs.
//!
//! `soak SEEDS [FROM]` plays them on all cores; `soak seed SEED [FAULT]` shows one, as it is or with
//! a planted fault.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot look must fail"
)]

mod check;
mod dice;
mod fate;
mod ledger;
mod mishap;
mod moment;
mod plan;
mod planted;
mod platform;
mod run;
mod service;
mod world;

use std::collections::BTreeMap;
use std::env;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use planted::Planted;
use run::play;

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["seed", seed] => show(number(seed), Planted::Nothing),
        ["seed", seed, fault] => show(number(seed), planted(fault)),
        [seeds] => many(0, number(seeds)),
        [seeds, from] => many(number(from), number(seeds)),
        _ => panic!("usage: soak SEEDS [FROM] | soak seed SEED [FAULT]"),
    }
}

fn number(text: &str) -> u64 {
    text.parse().expect("a whole number")
}

fn planted(name: &str) -> Planted {
    let mut all = Planted::ALL.iter();
    let found = all.find(|(planted, _)| format!("{planted:?}") == name);
    found.expect("a fault of that name").0
}

/// Prints one world's story.
fn show(seed: u64, planted: Planted) -> ExitCode {
    let run = play(seed, planted, true);
    println!("{}", run.trace.join("\n"));
    println!(
        "\n{} after {} calls; broken: {:#?}",
        run.ending, run.calls, run.broken
    );
    ExitCode::from(u8::from(!run.broken.is_empty()))
}

/// Plays so many worlds from this one on; the first that breaks a rule is shown.
fn many(from: u64, seeds: u64) -> ExitCode {
    let begun = Instant::now();
    let next = AtomicU64::new(from);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut endings = BTreeMap::new();
    let mut first_broken = None;
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores)
            .map(|_| scope.spawn(|| worker(&next, from + seeds)))
            .collect();
        for worker in workers {
            let (counts, broken) = worker.join().expect("a panic is caught inside");
            for (ending, times) in counts {
                *endings.entry(ending).or_insert(0) += times;
            }
            first_broken = [first_broken, broken].into_iter().flatten().min();
        }
    });
    let played: u64 = endings.values().sum();
    let rate = played as f64 / begun.elapsed().as_secs_f64();
    println!("{played} worlds on {cores} cores, {rate:.0} a second: {endings:?}");
    match first_broken {
        None => ExitCode::SUCCESS,
        Some(seed) => {
            show(seed, Planted::Nothing);
            println!("replay: cargo xtask soak --seed {seed}");
            ExitCode::FAILURE
        }
    }
}

type Counts = BTreeMap<&'static str, u64>;

/// Plays worlds until there are no more, or one breaks a rule.
fn worker(next: &AtomicU64, end: u64) -> (Counts, Option<u64>) {
    let mut counts = Counts::new();
    loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= end {
            return (counts, None);
        }
        let run = play(seed, Planted::Nothing, false);
        *counts.entry(run.ending).or_insert(0) += 1;
        if !run.broken.is_empty() {
            next.store(end, Ordering::Relaxed);
            return (counts, Some(seed));
        }
    }
}
