//! A job under way: the still, the clock, and the way to stop it.

use leptos::prelude::*;

use crate::components::element::{Text, el, when};
use crate::state::{CancelOffer, JobView, Phase, Session};

/// The still on the table, with the time that has passed over it.
pub(super) fn waiting() -> AnyView {
    let session = Session::here();
    let stage = session.stage;
    let still = move || {
        el("img")
            .class("waiting")
            .live_attr("src", move || still_of(session))
            .attr("alt", "")
            .view()
    };
    let going = move || vec![over_table(session), progress(session)].into_any();
    el("div")
        .class("table")
        .when(move || still_of(session).is_some(), still)
        .when(move || stage.busy.get(), going)
        .view()
}

/// The clock, and what happens now.
fn over_table(session: Session) -> AnyView {
    let clock = el("p")
        .class("big")
        .attr("role", "timer")
        .attr("aria-label", "Time passed")
        .live_text(move || session.stage.elapsed.get());
    let doing = el("p")
        .class("small quiet")
        .live_text(move || doing(session));
    el("div")
        .class("over-table")
        .child(clock)
        .child(doing)
        .view()
}

/// How far it is, where that is known.
fn progress(session: Session) -> AnyView {
    let progress = session.stage.progress;
    let done = move || progress.get().map(|(done, _)| done.to_string());
    let all = move || progress.get().map(|(_, all)| all.to_string());
    let is_known = move || progress.read().is_some();
    when(is_known, move || {
        el("progress")
            .live_attr("value", done)
            .live_attr("max", all)
            .attr("aria-label", "Frames made")
            .view()
    })
}

/// *Cancel*, or what has become of the wish.
pub(super) fn cancel_row() -> AnyView {
    let session = Session::here();
    let row = move || cancel_or_answer(session);
    let actions = when(move || session.stage.busy.get(), row);
    vec![trouble(session), actions].into_any()
}

fn cancel_or_answer(session: Session) -> AnyView {
    let offer = move || session.stage.job.read().as_ref().map(|job| job.cancel);
    let cancel = move || {
        el("button")
            .class("button")
            .attr("type", "button")
            .on("click", move |_| session.cancel())
            .text("Cancel")
            .view()
    };
    let answer = el("span")
        .class("small quiet")
        .attr("role", "status")
        .live_text(move || offer().map_or("", answer));
    el("div")
        .class("actions")
        .when(move || offer() == Some(CancelOffer::Possible), cancel)
        .child(answer)
        .view()
}

/// What has become of the wish to cancel.
const fn answer(offer: CancelOffer) -> &'static str {
    match offer {
        CancelOffer::Asked => "Asking the service to cancel…",
        CancelOffer::Confirmed => "The service has agreed to cancel.",
        CancelOffer::TooLate => {
            "It runs already: the service cannot cancel it any more, and it will finish."
        }
        CancelOffer::Possible | CancelOffer::Nothing => "",
    }
}

/// What goes wrong meanwhile.
fn trouble(session: Session) -> AnyView {
    let words = move || session.stage.job.read().as_ref().and_then(trouble_of);
    let line = move || {
        let mark = el("span").class("mark").attr("aria-hidden", "true");
        el("p")
            .class("issue")
            .attr("data-severity", "borderline")
            .child(mark.text("≈"))
            .child(el("span").live_text(move || words().unwrap_or_default()))
            .view()
    };
    when(move || words().is_some(), line)
}

/// The still of the job on the stage, while the page can show it.
pub(super) fn still_of(session: Session) -> Option<String> {
    let job = session.stage.job.read();
    let image = &job.as_ref()?.asked.image;
    let composing = *session.compose.source.read() == *image;
    if composing && let Some(picture) = session.compose.picture.get() {
        return Some(picture.url);
    }
    let elsewhere = image.starts_with("https:") || image.starts_with("http:");
    elsewhere.then(|| image.clone())
}

/// What happens now, in a few words.
fn doing(session: Session) -> Text {
    let job = session.stage.job.read();
    match job.as_ref().map(|job| job.phase) {
        Some(Phase::Submitting) => "on its way".into(),
        Some(Phase::Queued {
            position: Some(position),
        }) => format!("place {position} in the queue").into(),
        Some(Phase::Queued { position: None }) => "in the queue".into(),
        Some(Phase::Running) => match session.stage.progress.get() {
            Some((done, all)) => format!("{done} of {all} frames").into(),
            None => "being made".into(),
        },
        Some(Phase::Finishing) => "fetching the video".into(),
        Some(_) | None => "".into(),
    }
}

fn trouble_of(job: &JobView) -> Option<String> {
    let elsewhere = job.elsewhere && !job.phase.is_over();
    let follows = "Another tab looks after this job; this one follows it.".to_owned();
    job.trouble.clone().or_else(|| elsewhere.then_some(follows))
}
