//! Writes image files of every kind into a folder, for other readers to be compared on, and
//! `corpus.json` with what our own reader says of each.
//!
//! ```sh
//! cargo run --package kinora --example corpus -- target/corpus
//! ```

#![allow(clippy::expect_used, reason = "a tool of ours may end with an error")]
#![allow(clippy::disallowed_methods, reason = "writing files is what it is for")]

#[path = "../tests/corpus/mod.rs"]
mod corpus;

use std::path::PathBuf;
use std::{env, fs};

use kinora::image::{Reading, read_header};
use serde_json::{Value, json};

fn main() {
    let folder = env::args()
        .nth(1)
        .expect("the folder to write into is the argument");
    let folder = PathBuf::from(folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    let files = corpus::files();
    let facts: Vec<Value> = files.iter().map(facts).collect();
    for file in &files {
        fs::write(folder.join(&file.name), &file.bytes).expect("a file can be written");
    }
    let list = serde_json::to_string_pretty(&facts).expect("facts are JSON");
    fs::write(folder.join("corpus.json"), list).expect("the list can be written");
    println!("{} files in {}", files.len(), folder.display());
}

fn facts(file: &corpus::File) -> Value {
    let Reading::Known(header) = read_header(&file.bytes) else {
        panic!("{} was not read", file.name);
    };
    let (stored, displayed) = (header.stored, header.displayed());
    json!({
        "name": file.name,
        "bytes": file.bytes.len(),
        "is_shown": file.is_shown,
        "stored": [stored.0, stored.1],
        "displayed": [displayed.0, displayed.1],
        "has_alpha": header.has_alpha,
        "is_animated": header.is_animated,
    })
}
