//! A job that ended otherwise than hoped, and what can be done about it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::components::keys::control_id;
use crate::state::{Phase, Problem, Session};

/// What happened, what next, and the buttons for it. Nothing while all is well.
#[component]
pub(super) fn ProblemPanel() -> impl IntoView {
    let stage = Session::here().stage;
    let problem = Memo::new(move |_| {
        let job = stage.job.read();
        job.as_ref()
            .and_then(|job| Some((job.phase, job.problem.clone()?)))
    });
    view! {
        <div role="alert">
            {move || problem.get().map(|(phase, problem)| view! { <Panel phase problem/> })}
        </div>
    }
}

/// The panel.
#[component]
fn Panel(
    /// How it ended.
    phase: Phase,
    /// Why, and what next.
    problem: Problem,
) -> impl IntoView {
    let kind = if matches!(phase, Phase::Cancelled | Phase::LostTouch) {
        "warn"
    } else {
        "bad"
    };
    view! {
        <div class="notice" data-kind=kind>
            <p class="what">{problem.sentence}</p>
            <p>{problem.next_step}</p>
            <Actions phase/>
        </div>
    }
}

/// What can be done after this ending.
#[component]
fn Actions(
    /// How it ended.
    phase: Phase,
) -> impl IntoView {
    let session = Session::here();
    let again = move || {
        view! {
            <button class="button" type="button" on:click=move |_| session.send_again()>
                "Send again"
            </button>
        }
    };
    match phase {
        Phase::Uncertain => view! {
            <div class="actions"><Check/> {again()}</div>
        }
        .into_any(),
        Phase::LostTouch => view! {
            <div class="actions">
                <button class="button" type="button" on:click=move |_| session.watch_again()>
                    "Watch again"
                </button>
            </div>
        }
        .into_any(),
        Phase::Failed | Phase::Cancelled | Phase::Refused | Phase::Expired => {
            view! { <div class="actions">{again()}</div> }.into_any()
        }
        Phase::Submitting
        | Phase::Queued { .. }
        | Phase::Running
        | Phase::Finishing
        | Phase::Succeeded => ().into_any(),
    }
}

/// Finds out whether an uncertain job exists: by asking, or by an id that the person looks up.
#[component]
fn Check() -> impl IntoView {
    let session = Session::here();
    let can_check = session.can_check();
    move || {
        if can_check.get() {
            view! {
                <button class="button" type="button" on:click=move |_| session.check_uncertain()>
                    "Check"
                </button>
            }
            .into_any()
        } else {
            view! { <Found/> }.into_any()
        }
    }
}

/// Takes a request id from the service's own list.
#[component]
fn Found() -> impl IntoView {
    let session = Session::here();
    let id = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        wrong.set(session.found(id.read_untracked().trim()));
    };
    view! {
        <form class="field" novalidate on:submit=submit>
            <label class="label" for=control_id("request_id")>
                "Request id, from the service's list of your requests"
            </label>
            <div class="joined">
                <input
                    class="input"
                    id=control_id("request_id")
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="request-id-problem"
                    aria-invalid=move || wrong.read().is_some().then_some("true")
                    prop:value=move || id.get()
                    on:input=move |event| id.set(event_target_value(&event))
                />
                <button class="button" type="submit">"Check"</button>
            </div>
            <p class="small" id="request-id-problem">{move || wrong.get()}</p>
        </form>
    }
}
