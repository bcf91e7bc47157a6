//! The four steps of a job, and where it stands among them.

use core::cmp::Ordering;

use leptos::prelude::*;

use crate::components::element::{Text, el};
use crate::state::{Phase, Session};

/// The steps, and below them everything that happened.
pub(super) fn timeline() -> AnyView {
    let steps = STEPS.into_iter().enumerate();
    el("ol")
        .class("timeline")
        .children(steps.map(|(index, label)| step(index, label)))
        .view()
}

fn step(index: usize, label: &'static str) -> AnyView {
    let stage = Session::here().stage;
    let phase = move || stage.job.read().as_ref().map(|job| job.phase);
    let place = move || phase().map(|phase| place(index, phase));
    el("li")
        .class("step")
        .live_attr("data-at", place)
        .live_attr("aria-current", move || {
            (place() == Some("now")).then_some("step")
        })
        .child(el("span").class("dot").attr("aria-hidden", "true"))
        .child(el("span").class("label").text(label))
        .child(el("span").class("detail").live_text(move || {
            let here = phase().filter(|phase| reached(*phase).0 == index);
            here.map_or(Text::Borrowed(""), detail)
        }))
        .view()
}

/// Where a step lies, seen from where the job is.
fn place(index: usize, phase: Phase) -> &'static str {
    let (reached, good) = reached(phase);
    match index.cmp(&reached) {
        Ordering::Less => "past",
        Ordering::Equal if phase == Phase::Succeeded => "past",
        Ordering::Equal if good => "now",
        Ordering::Equal => "wrong",
        Ordering::Greater => "next",
    }
}

/// The step that a phase belongs to, and whether it goes well there.
const fn reached(phase: Phase) -> (usize, bool) {
    match phase {
        Phase::Submitting => (0, true),
        Phase::Queued { .. } => (1, true),
        Phase::Running => (2, true),
        Phase::Finishing | Phase::Succeeded => (3, true),
        Phase::Refused | Phase::Uncertain => (0, false),
        Phase::Cancelled => (1, false),
        Phase::Failed | Phase::Expired | Phase::LostTouch => (2, false),
    }
}

fn detail(phase: Phase) -> Text {
    match phase {
        Phase::Submitting => "sending",
        Phase::Queued {
            position: Some(position),
        } => return format!("#{position} in the queue").into(),
        Phase::Queued { position: None } => "waiting",
        Phase::Running => "under way",
        Phase::Finishing => "fetching the video",
        Phase::Succeeded => "",
        Phase::Failed => "failed",
        Phase::Cancelled => "cancelled",
        Phase::Refused => "refused",
        Phase::Uncertain => "not known",
        Phase::Expired => "no longer known",
        Phase::LostTouch => "out of touch",
    }
    .into()
}

const STEPS: [&str; 4] = ["Submitted", "Queued", "Generating", "Done"];
