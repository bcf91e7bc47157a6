//! A mistake of ours, made on purpose: what tests see of a module that panics.
//!
//! Only a build with the feature `trap` has it, and no such build is published.

/// Panics, and so traps, over a text with the words that spring it.
///
/// Every call of every module reads its text, so that tests choose the call by what they say in it.
pub fn spring(text: &str) {
    assert!(!text.contains(WORDS), "the trap was sprung");
}

const WORDS: &str = "spring the trap";
