//! A job that ended otherwise than hoped, and what can be done about it.

use leptos::prelude::*;
use leptos::web_sys::Event;

use crate::components::element::{el, live};
use crate::components::keys::control_id;
use crate::state::{Phase, Problem, Session, Watched};

/// What happened, what next, and the buttons for it. Nothing while all is well.
pub(super) fn problem_panel() -> AnyView {
    let stage = Session::here().stage;
    let problem = Watched::of(move || {
        let job = stage.job.read();
        job.as_ref()
            .and_then(|job| Some((job.phase, job.wanted(), job.problem.clone()?)))
    });
    el("div")
        .attr("role", "alert")
        .live(move || {
            let (phase, wanted, problem) = problem.get()?;
            Some(panel(phase, wanted, problem))
        })
        .view()
}

/// How it ended, why, and what next.
fn panel(phase: Phase, wanted: Option<&'static str>, problem: Problem) -> AnyView {
    let kind = if matches!(phase, Phase::Cancelled | Phase::LostTouch) {
        "warn"
    } else {
        "bad"
    };
    el("div")
        .class("notice")
        .attr("data-kind", kind)
        .child(el("p").class("what").text(problem.sentence))
        .child(el("p").text(problem.next_step))
        .children(actions(phase, wanted))
        .view()
}

/// What can be done after this ending.
fn actions(phase: Phase, wanted: Option<&'static str>) -> Option<AnyView> {
    let session = Session::here();
    let again = || button("Send again", move || session.send_again());
    let actions = el("div").class("actions");
    let actions = match phase {
        Phase::Uncertain => actions.child(check()).child(again()),
        Phase::LostTouch => actions.child(match wanted {
            Some(label) => button(label, move || session.ask_for_token()),
            None => button("Watch again", move || session.watch_again()),
        }),
        Phase::Failed | Phase::Cancelled | Phase::Refused | Phase::Expired => {
            actions.child(again())
        }
        Phase::Submitting
        | Phase::Queued { .. }
        | Phase::Running
        | Phase::Finishing
        | Phase::Succeeded => return None,
    };
    Some(actions.view())
}

/// Finds out whether an uncertain job exists: by asking, or by an id that the person looks up.
fn check() -> AnyView {
    let session = Session::here();
    let can_check = session.can_check();
    live(move || {
        Some(if can_check.get() {
            button("Check", move || session.check_uncertain())
        } else {
            found()
        })
    })
}

/// Takes a request id from the service's own list.
fn found() -> AnyView {
    let session = Session::here();
    let id = Watched::new(String::new());
    let wrong = Watched::new(None);
    let submit = move |event: Event| {
        event.prevent_default();
        wrong.set(session.found(id.read_untracked().trim()));
    };
    let input = el("input")
        .class("input")
        .attr("id", control_id("request_id"))
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("aria-describedby", PROBLEM)
        .live_attr("aria-invalid", move || {
            wrong.read().is_some().then_some("true")
        })
        .live_prop("value", move || id.get())
        .on("input", move |event| id.set(event_target_value(&event)));
    let check = el("button")
        .class("button")
        .attr("type", "submit")
        .text("Check");
    el("form")
        .class("field")
        .attr("novalidate", "")
        .on("submit", submit)
        .child(
            el("label")
                .class("label")
                .attr("for", control_id("request_id"))
                .text("Request id, from the service's list of your requests"),
        )
        .child(el("div").class("joined").child(input).child(check))
        .child(
            el("p")
                .class("small")
                .attr("id", PROBLEM)
                .live_text(move || wrong.get().unwrap_or_default()),
        )
        .view()
}

fn button(label: &'static str, act: impl Fn() + 'static) -> AnyView {
    el("button")
        .class("button")
        .attr("type", "button")
        .on("click", move |_| act())
        .text(label)
        .view()
}

/// The id of what is wrong with a request id.
const PROBLEM: &str = "request-id-problem";
