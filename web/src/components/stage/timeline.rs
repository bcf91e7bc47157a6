//! The four steps of a job, and where it stands among them.

use leptos::prelude::*;

use crate::state::{Phase, Session};

/// The steps, and below them everything that happened.
#[component]
pub(super) fn Timeline() -> impl IntoView {
    let stage = Session::here().stage;
    let phase = Memo::new(move |_| stage.job.read().as_ref().map(|job| job.phase));
    let steps = move || {
        let phase = phase.get()?;
        let steps = STEPS.iter().enumerate();
        Some(
            steps
                .map(|(index, label)| step(index, label, phase))
                .collect_view(),
        )
    };
    view! { <ol class="timeline">{steps}</ol> }
}

fn step(index: usize, label: &'static str, phase: Phase) -> impl IntoView {
    let (reached, good) = reached(phase);
    let done = phase == Phase::Succeeded;
    let at = match index.cmp(&reached) {
        core::cmp::Ordering::Less => "past",
        core::cmp::Ordering::Equal if done => "past",
        core::cmp::Ordering::Equal if good => "now",
        core::cmp::Ordering::Equal => "wrong",
        core::cmp::Ordering::Greater => "next",
    };
    let detail = if index == reached {
        detail(phase)
    } else {
        String::new()
    };
    view! {
        <li class="step" data-at=at aria-current=(at == "now").then_some("step")>
            <span class="dot" aria-hidden="true"></span>
            <span class="label">{label}</span>
            <span class="detail">{detail}</span>
        </li>
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

fn detail(phase: Phase) -> String {
    match phase {
        Phase::Submitting => "sending",
        Phase::Queued {
            position: Some(position),
        } => return format!("#{position} in the queue"),
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
    .to_owned()
}

const STEPS: [&str; 4] = ["Submitted", "Queued", "Generating", "Done"];
