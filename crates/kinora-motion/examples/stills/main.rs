//! Renders the stills that the demo offers to a visitor who brings no picture.
//!
//! ```text
//! cargo run --release -p kinora-motion --example stills                # all
//! cargo run --release -p kinora-motion --example stills -- sea lake    # some
//! cargo run --release -p kinora-motion --example stills -- --check     # compare, write nothing
//! ```
//!
//! Nothing here is photographed or bought: each still is computed from noise with fixed seeds, so
//! the same machine always writes the same bytes, and the pictures are ours to give away.

#![allow(clippy::disallowed_methods, clippy::disallowed_types)] // A tool at the edge writes files.

mod brush;
mod camera;
mod noise;
mod output;
mod picture;
mod scene;
mod shape;
mod trace;
mod tree;
mod vector;

use std::process::ExitCode;

use crate::output::Target;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (flags, names): (Vec<_>, Vec<_>) = arguments
        .into_iter()
        .partition(|word| word.starts_with("--"));
    let target = Target {
        check: flags.iter().any(|flag| flag == "--check"),
    };
    let wanted = |name: &str| names.is_empty() || names.iter().any(|wanted| wanted == name);
    for (name, render) in scene::ALL.into_iter().filter(|(name, _)| wanted(name)) {
        if let Err(problem) = target.put(name, &render()) {
            eprintln!("{name}: {problem}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
