//! The right column: what becomes of the job, and its video.

use leptos::prelude::*;

use super::history::History;
use crate::state::{JobView, Phase, Session};

mod asked;
mod empty;
mod player;
mod problem;
mod progress;
mod timeline;

use asked::WhatWasAsked;
use empty::Empty;
use player::Player;
use problem::ProblemPanel;
use progress::Waiting;
use timeline::Timeline;

/// The stage.
#[component]
pub(super) fn StageView() -> impl IntoView {
    let session = Session::here();
    let stage = session.stage;
    come_into_view(session);
    let result = Memo::new(move |_| stage.result.get());
    let begun = Memo::new(move |_| stage.job.read().is_some());
    let picture = move || match (result.get(), begun.get()) {
        // A player never takes over another video: browsers load one anew only for a new element.
        (Some(result), _) => view! {
            <For
                each=move || [result.clone()]
                key=|result| (result.url.clone(), result.readable, result.broken)
                children=|result| view! { <Player result/> }
            />
        }
        .into_any(),
        (None, true) => view! { <Waiting/> }.into_any(),
        (None, false) => view! { <Empty/> }.into_any(),
    };
    view! {
        <section class="stage" id=STAGE aria-labelledby="stage-title">
            <div class="panel">
                <div class="head">
                    <h2 id="stage-title">"Result"</h2>
                    <Mark/>
                </div>
                {picture}
                <Show when=move || begun.get()>
                    <JobPanel/>
                </Show>
            </div>
            <History/>
        </section>
    }
}

/// Where the job runs, or what its video is not.
#[component]
fn Mark() -> impl IntoView {
    let stage = Session::here().stage;
    let words = Memo::new(move |_| stage.job.read().as_ref().map(mark_of));
    move || {
        words
            .get()
            .map(|words| view! { <span class="chip">{words}</span> })
    }
}

/// The timeline and what can be done.
#[component]
fn JobPanel() -> impl IntoView {
    view! {
        <div class="body">
            <Timeline/>
            <ProblemPanel/>
            <progress::CancelRow/>
            <Another/>
            <WhatWasAsked/>
        </div>
    }
}

/// After a video: the way to the next one.
#[component]
fn Another() -> impl IntoView {
    let session = Session::here();
    let done = Memo::new(move |_| {
        let job = session.stage.job.read();
        job.as_ref()
            .is_some_and(|job| job.phase == Phase::Succeeded)
    });
    view! {
        <Show when=move || done.get()>
            <div class="actions">
                <button class="button" type="button" on:click=move |_| session.generate_another()>
                    "Generate another"
                </button>
            </div>
        </Show>
    }
}

fn mark_of(job: &JobView) -> String {
    let place = if job.is_demo {
        format!("in {}", job.place)
    } else {
        format!("at {}", job.place)
    };
    match (job.is_demo, job.phase) {
        (true, Phase::Succeeded) => "Demo render, not Wan 2.2".to_owned(),
        (_, Phase::Refused | Phase::Uncertain) => format!("Meant for {}", job.place),
        (_, phase) if phase.is_over() => format!("Ran {place}"),
        _ => format!("Runs {place}"),
    }
}

/// On a narrow screen the stage is below the form: a new job scrolls it into view.
fn come_into_view(session: Session) {
    let intent = Memo::new(move |_| {
        session
            .stage
            .job
            .read()
            .as_ref()
            .map(|job| job.intent.clone())
    });
    Effect::new(move |before: Option<Option<String>>| {
        let now = intent.get();
        let begun = session.stage.busy.get_untracked();
        if before.is_some_and(|before| before != now)
            && begun
            && is_narrow()
            && let Some(stage) = super::keys::element(STAGE)
        {
            stage.scroll_into_view();
        }
        now
    });
}

fn is_narrow() -> bool {
    let query = window().match_media("(width <= 720px)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// The stage's id.
const STAGE: &str = "stage";
