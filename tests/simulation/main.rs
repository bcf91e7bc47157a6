//! Whole jobs in virtual time, in worlds that lose, delay, double, damage and refuse, that reload
//! and cancel at any moment, that fail to store and set their clock back.
//!
//! A world is a seed. `cargo xtask soak --seed N` plays one and prints what happened;
//! `cargo xtask soak --seeds N` plays many.

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
use std::thread;

use planted::Planted;
use run::play;

/// Worlds that every test run plays.
const SEEDS: u64 = 20_000;

/// Worlds within which a planted fault must be caught.
const CAUGHT_WITHIN: u64 = 3_000;

#[test]
fn every_rule_holds_in_every_world() {
    let half = SEEDS / 2;
    let halves = [0..half, half..SEEDS].map(|seeds| thread::spawn(move || played(seeds)));
    let mut endings = BTreeMap::new();
    for half in halves {
        for (ending, times) in half.join().expect("a failure is told above") {
            *endings.entry(ending).or_insert(0) += times;
        }
    }
    for ending in ["succeeded", "failed", "cancelled", "uncertain", "expired"] {
        let times = endings.get(ending).copied().unwrap_or_default();
        assert!(times > SEEDS / 200, "too seldom {ending}: {endings:?}");
    }
}

fn played(seeds: std::ops::Range<u64>) -> BTreeMap<&'static str, u64> {
    let mut endings = BTreeMap::new();
    for seed in seeds {
        let run = play(seed, Planted::Nothing, false);
        assert!(run.broken.is_empty(), "{}", story(seed, Planted::Nothing));
        *endings.entry(run.ending).or_insert(0) += 1;
    }
    endings
}

fn story(seed: u64, planted: Planted) -> String {
    let run = play(seed, planted, true);
    format!(
        "{}\n\nafter {} calls, broken: {:#?}\nreplay: cargo xtask soak --seed {seed}\n",
        run.trace.join("\n"),
        run.calls,
        run.broken,
    )
}

#[test]
fn the_same_seed_is_the_same_story() {
    for seed in 0..20 {
        assert_eq!(
            play(seed, Planted::Nothing, true).trace,
            play(seed, Planted::Nothing, true).trace
        );
    }
}

#[test]
fn every_planted_fault_is_caught() {
    for (planted, rule) in Planted::ALL {
        let caught = (0..CAUGHT_WITHIN).find(|seed| {
            let broken = play(*seed, planted, false).broken;
            broken.iter().any(|words| words.starts_with(rule))
        });
        println!("{planted:?}: caught by seed {caught:?}");
        assert!(
            caught.is_some(),
            "{planted:?} is never caught as \"{rule}\""
        );
    }
}
