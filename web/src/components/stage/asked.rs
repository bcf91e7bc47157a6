//! What was asked for, and what happened since.

use leptos::prelude::*;

use crate::components::element::{Text, el};
use crate::components::icon::icon;
use crate::state::{Asked, Entry, Session, Watched};

/// Both, folded.
pub(super) fn what_was_asked() -> AnyView {
    let summary = el("summary").child(icon("chevron")).text("Details");
    el("details")
        .children([summary.view(), facts(), log()])
        .view()
}

fn facts() -> AnyView {
    let row = |(name, value): Fact| {
        let stage = Session::here().stage;
        let value = move || {
            let job = stage.job.read();
            job.as_ref()
                .map_or(Text::Borrowed(""), |job| value(&job.asked))
        };
        [el("dt").text(name).view(), el("dd").live_text(value).view()]
    };
    el("dl")
        .class("facts")
        .children(FACTS.into_iter().flat_map(row))
        .view()
}

fn log() -> AnyView {
    let stage = Session::here().stage;
    let entries = Watched::of(move || {
        let job = stage.job.read();
        job.as_ref()
            .map(|job| job.timeline.clone())
            .unwrap_or_default()
    });
    let lines = move || entries.get().into_iter().map(line).collect::<Vec<_>>();
    el("ol")
        .class("log small")
        .live(move || Some(lines().into_any()))
        .view()
}

fn line(entry: Entry) -> AnyView {
    el("li")
        .child(el("time").text(entry.at))
        .child(el("span").text(entry.sentence))
        .view()
}

/// The name of what was asked for, and how it is read.
type Fact = (&'static str, fn(&Asked) -> Text);

const FACTS: [Fact; 4] = [
    ("Prompt", |asked| or(Some(&asked.prompt), "none")),
    ("Effect", |asked| or(asked.template.as_ref(), "none")),
    ("Resolution", |asked| asked.resolution.clone().into()),
    ("Seed", |asked| match asked.seed {
        Some(seed) => seed.to_string().into(),
        None => "random".into(),
    }),
];

/// This text, or a word where there is none.
fn or(text: Option<&String>, none: &'static str) -> Text {
    match text {
        Some(text) if !text.is_empty() => text.clone().into(),
        Some(_) | None => none.into(),
    }
}
