//! Jobs that ended before.

use leptos::prelude::*;

use super::icon::Icon;
use crate::state::{PastJob, Session};

/// The last few jobs; nothing where there are none.
#[component]
pub(super) fn History() -> impl IntoView {
    let past = Session::here().past;
    view! {
        <Show when=move || !past.jobs.read().is_empty()>
            <section class="panel history" aria-labelledby="history-title">
                <div class="head">
                    <h2 id="history-title">"Earlier"</h2>
                </div>
                <ul class="strip">
                    <For each=move || past.jobs.get() key=|job| job.intent.clone() let:job>
                        <Earlier job/>
                    </For>
                </ul>
            </section>
        </Show>
    }
}

/// One earlier job.
#[component]
fn Earlier(
    /// The job.
    job: PastJob,
) -> impl IntoView {
    let session = Session::here();
    let on_stage = {
        let intent = job.intent.clone();
        move || {
            let stage = session.stage.job.read();
            stage.as_ref().is_some_and(|job| job.intent == intent)
        }
    };
    let (reopened, removed) = (job.intent.clone(), job.intent);
    let remove_label = format!("Remove: {}", job.title);
    view! {
        <li class="past">
            <button
                class="open"
                type="button"
                aria-current=move || on_stage().then_some("true")
                on:click=move |_| session.reopen(reopened.clone())
            >
                <span class="line">{job.title}</span>
                <span class="line quiet">{job.line}</span>
            </button>
            <button
                class="button plain icon-only"
                type="button"
                aria-label=remove_label
                on:click=move |_| session.remove(removed.clone())
            >
                <Icon name="close"/>
            </button>
        </li>
    }
}
