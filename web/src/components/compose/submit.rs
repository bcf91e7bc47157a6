//! The bar with the one primary button.

use leptos::prelude::*;

use crate::components::element::el;
use crate::components::notices::issue;
use crate::state::{Mode, Notice, Phase, Session, Severity, Watched, input};

/// The button, its state, and why it cannot go when it cannot.
pub(super) fn submit() -> AnyView {
    let session = Session::here();
    let busy = session.stage.busy;
    let hindrance = hindrance(session);
    let hindered = Watched::of(move || hindrance.get().filter(|_| !busy.get()));
    let keys = || {
        let keys = el("kbd").attr("aria-hidden", "true").text("Ctrl ↵");
        keys.view()
    };
    let button = el("button")
        .class("button primary go")
        .attr("type", "submit")
        .live_attr("aria-disabled", move || busy.get().then_some("true"))
        .live_attr("aria-describedby", move || {
            hindered.read().is_some().then_some("hindrance")
        })
        .attr("aria-keyshortcuts", "Control+Enter Meta+Enter")
        .live_text(move || button_text(session))
        .when(move || !busy.get(), keys);
    el("div")
        .class("submit")
        .live(move || hindered.get().map(reason))
        .child(button)
        .view()
}

/// Why it cannot go.
fn reason(sentence: String) -> AnyView {
    let sentence = el("span").text(sentence);
    issue("why issue", Severity::Error, sentence)
        .attr("id", "hindrance")
        .view()
}

/// The first thing that stands against sending, in the order of the screen.
fn hindrance(session: Session) -> Watched<Option<String>> {
    let service = session.service;
    let notices = FIELDS.map(|field| session.compose.notices(field));
    Watched::of(move || {
        let at_service = (service.mode.get() != Mode::Demo)
            .then(|| {
                service
                    .base_problem
                    .get()
                    .or_else(|| service.tokens.problem.get())
            })
            .flatten();
        let at_field = || {
            notices
                .iter()
                .find_map(|notices| first_error(&notices.read()))
        };
        at_service.or_else(at_field)
    })
}

fn first_error(notices: &[Notice]) -> Option<String> {
    let error = notices
        .iter()
        .find(|notice| notice.severity == Severity::Error);
    error.map(|notice| notice.message.clone())
}

fn button_text(session: Session) -> String {
    let stage = session.stage;
    let phase = stage.job.read().as_ref().map(|job| job.phase);
    match phase {
        Some(Phase::Submitting) => "Sending…".to_owned(),
        Some(Phase::Queued {
            position: Some(position),
        }) => format!("Queued · #{position}"),
        Some(Phase::Queued { position: None }) => "Queued".to_owned(),
        Some(Phase::Running) => format!("Generating · {}", *stage.elapsed.read()),
        Some(Phase::Finishing) => "Fetching the video…".to_owned(),
        Some(
            Phase::Succeeded
            | Phase::Failed
            | Phase::Cancelled
            | Phase::Refused
            | Phase::Uncertain
            | Phase::Expired
            | Phase::LostTouch,
        )
        | None => "Generate".to_owned(),
    }
}

/// The fields that something can stand against, from top to bottom.
const FIELDS: [&str; 5] = [
    input::IMAGE,
    input::TEMPLATE,
    input::PROMPT,
    input::NEGATIVE_PROMPT,
    input::SEED,
];
