//! What was asked for, and what happened since.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::state::{Asked, Entry, Session};

/// Both, folded.
#[component]
pub(super) fn WhatWasAsked() -> impl IntoView {
    let stage = Session::here().stage;
    let asked = Memo::new(move |_| stage.job.read().as_ref().map(|job| job.asked.clone()));
    let entries = Memo::new(move |_| {
        let job = stage.job.read();
        job.as_ref()
            .map(|job| job.timeline.clone())
            .unwrap_or_default()
    });
    view! {
        <details>
            <summary>
                <Icon name="chevron"/>
                "Details"
            </summary>
            <dl class="facts">{move || asked.get().map(facts)}</dl>
            <ol class="log small">{move || entries.get().into_iter().map(line).collect_view()}</ol>
        </details>
    }
}

fn facts(asked: Asked) -> impl IntoView {
    let seed = asked
        .seed
        .map_or_else(|| "random".to_owned(), |seed| seed.to_string());
    let template = asked.template.unwrap_or_else(|| "none".to_owned());
    let prompt = if asked.prompt.is_empty() {
        "none".to_owned()
    } else {
        asked.prompt
    };
    let rows = [
        ("Prompt", prompt),
        ("Effect", template),
        ("Resolution", asked.resolution),
        ("Seed", seed),
    ];
    let row = |(name, value)| {
        view! {
            <dt>{name}</dt>
            <dd>{value}</dd>
        }
    };
    rows.map(row).collect_view()
}

fn line(entry: Entry) -> impl IntoView {
    view! {
        <li>
            <time>{entry.at}</time>
            <span>{entry.sentence}</span>
        </li>
    }
}
