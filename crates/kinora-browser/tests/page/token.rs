//! Tokens are taken as people paste them, and shown to nobody.

use kinora_browser::{Token, TokenProblem};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::base;

fn problem(text: &str) -> Option<TokenProblem> {
    Token::new(text, base("https://relay.example.com")).err()
}

#[wasm_bindgen_test]
fn what_is_no_token_is_refused_in_words() {
    for text in ["", "  \n", "Bearer ", "bearer"] {
        assert_eq!(problem(text), Some(TokenProblem::Empty), "{text:?}");
    }
    for text in ["one two", "one\ntwo", "one\ttwo", "Bearer one two"] {
        assert_eq!(problem(text), Some(TokenProblem::WhiteSpace), "{text:?}");
    }
    for text in ["caf\u{e9}", "a\u{0}b", "a\u{7f}", "\u{201c}abc\u{201d}"] {
        assert_eq!(problem(text), Some(TokenProblem::OddCharacter), "{text:?}");
    }
    for problem in [
        TokenProblem::Empty,
        TokenProblem::WhiteSpace,
        TokenProblem::OddCharacter,
    ] {
        assert!(problem.to_string().ends_with('.'));
    }
}

#[wasm_bindgen_test]
fn a_token_prints_nothing_of_itself() {
    let token = Token::new("canary-123", base("https://relay.example.com")).unwrap();
    assert_eq!(format!("{token:?}"), "Token(…)");
}
