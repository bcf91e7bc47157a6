//! Random numbers of the system, as far as a job needs some.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use kinora::IntentId;

/// A new intent: one wish to have one video.
pub fn mint() -> IntentId {
    IntentId::mint((u128::from(seed()) << 64) | u128::from(seed()))
}

/// A seed for a job's jitter.
pub fn seed() -> u64 {
    // Each state is keyed by the system's own random numbers; nothing here needs more than that
    // no two jobs get the same.
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_intents_are_the_same() {
        let minted: std::collections::BTreeSet<_> = (0..1000).map(|_| mint()).collect();
        assert_eq!(minted.len(), 1000);
    }
}
