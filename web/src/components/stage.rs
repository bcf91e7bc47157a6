//! The right column: what becomes of the job, and its video.

use leptos::prelude::*;

use super::element::{Text, el, live, when};
use super::history::history;
use crate::state::{JobView, Phase, ResultView, Session, Watched, whenever};

mod asked;
mod empty;
mod player;
mod problem;
mod progress;
mod timeline;

/// The stage.
pub(super) fn stage() -> AnyView {
    let session = Session::here();
    let stage = session.stage;
    come_into_view(session);
    let title = el("h2").attr("id", "stage-title").text("Result");
    let panel = el("div")
        .class("panel")
        .child(el("div").class("head").child(title).child(mark()))
        .child(picture())
        .when(move || stage.job.read().is_some(), job_panel);
    el("section")
        .class("stage")
        .attr("id", STAGE)
        .attr("aria-labelledby", "stage-title")
        .child(panel)
        .child(history())
        .view()
}

/// What is on the table. Each video gets a player of its own: browsers load one anew only for a
/// new element.
fn picture() -> AnyView {
    let stage = Session::here().stage;
    let picture = Watched::of(move || match stage.result.get() {
        Some(result) => Picture::Video(result),
        None if stage.job.read().is_some() => Picture::Still,
        None => Picture::Nothing,
    });
    live(move || {
        Some(match picture.get() {
            Picture::Video(result) => player::player(result),
            Picture::Still => progress::waiting(),
            Picture::Nothing => empty::empty(),
        })
    })
}

/// What there is to see.
#[derive(Clone, PartialEq, Eq)]
enum Picture {
    /// The job's video.
    Video(ResultView),
    /// What the job makes its video of.
    Still,
    /// No job yet.
    Nothing,
}

/// Where the job runs, or what its video is not.
fn mark() -> AnyView {
    let stage = Session::here().stage;
    let words = move || {
        let job = stage.job.read();
        job.as_ref().map_or(Text::Borrowed(""), mark_of)
    };
    when(
        move || stage.job.read().is_some(),
        move || el("span").class("chip").live_text(words).view(),
    )
}

/// The timeline and what can be done.
fn job_panel() -> AnyView {
    el("div")
        .class("body")
        .children([
            timeline::timeline(),
            problem::problem_panel(),
            progress::cancel_row(),
            another(),
            asked::what_was_asked(),
        ])
        .view()
}

/// After a video: the way to the next one.
fn another() -> AnyView {
    let session = Session::here();
    let done = move || {
        let job = session.stage.job.read();
        job.as_ref()
            .is_some_and(|job| job.phase == Phase::Succeeded)
    };
    when(done, move || {
        let button = el("button")
            .class("button")
            .attr("type", "button")
            .on("click", move |_| session.generate_another())
            .text("Generate another");
        el("div").class("actions").child(button).view()
    })
}

fn mark_of(job: &JobView) -> Text {
    let (place, is_demo) = (job.place.as_str(), job.is_demo);
    let at = if is_demo { " in " } else { " at " };
    match (is_demo, job.phase) {
        (true, Phase::Succeeded) => "Demo render, not Wan 2.2".into(),
        (_, Phase::Refused | Phase::Uncertain) => ["Meant for ", place].concat().into(),
        (_, phase) if phase.is_over() => ["Ran", at, place].concat().into(),
        _ => ["Runs", at, place].concat().into(),
    }
}

/// On a narrow screen the stage is below the form: a new job scrolls it into view.
fn come_into_view(session: Session) {
    let stage = session.stage;
    let mut before = None;
    whenever(move || {
        let now = stage.job.read().as_ref().map(|job| job.intent.clone());
        let before = before.replace(now.clone());
        if before.is_some_and(|before| before != now)
            && stage.busy.get_untracked()
            && is_narrow()
            && let Some(stage) = super::keys::element(STAGE)
        {
            stage.scroll_into_view();
        }
    });
}

fn is_narrow() -> bool {
    let query = window().match_media("(width <= 720px)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// The stage's id.
const STAGE: &str = "stage";
