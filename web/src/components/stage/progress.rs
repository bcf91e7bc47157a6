//! A job under way: the still, the clock, and the way to stop it.

use leptos::prelude::*;

use crate::state::{CancelOffer, JobView, Phase, Session};

/// The still on the table, with the time that has passed over it.
#[component]
pub(super) fn Waiting() -> impl IntoView {
    let session = Session::here();
    let stage = session.stage;
    let going = move || stage.busy.get();
    view! {
        <div class="table">
            {move || still_of(session).map(|url| view! { <img class="waiting" src=url alt=""/> })}
            <Show when=going>
                <div class="over-table">
                    <p class="big" role="timer" aria-label="Time passed">
                        {move || stage.elapsed.get()}
                    </p>
                    <p class="small quiet">{move || doing(session)}</p>
                </div>
                <Progress/>
            </Show>
        </div>
    }
}

/// How far it is, where that is known.
#[component]
fn Progress() -> impl IntoView {
    let stage = Session::here().stage;
    move || {
        let (done, all) = stage.progress.get()?;
        Some(view! {
            <progress
                value=done.to_string()
                max=all.to_string()
                aria-label="Frames made"
            ></progress>
        })
    }
}

/// *Cancel*, or what has become of the wish.
#[component]
pub(super) fn CancelRow() -> impl IntoView {
    let session = Session::here();
    let offer = Memo::new(move |_| session.stage.job.read().as_ref().map(|job| job.cancel));
    let trouble = Memo::new(move |_| session.stage.job.read().as_ref().and_then(trouble_of));
    let words = move || match offer.get() {
        Some(CancelOffer::Asked) => "Asking the service to cancel…",
        Some(CancelOffer::Confirmed) => "The service has agreed to cancel.",
        Some(CancelOffer::TooLate) => {
            "It runs already: the service cannot cancel it any more, and it will finish."
        }
        Some(CancelOffer::Possible | CancelOffer::Nothing) | None => "",
    };
    view! {
        {move || trouble.get().map(|words| view! { <p class="issue" data-severity="borderline">
            <span class="mark" aria-hidden="true">"≈"</span> <span>{words}</span>
        </p> })}
        <Show when=move || session.stage.busy.get()>
            <div class="actions">
                <Show when=move || offer.get() == Some(CancelOffer::Possible)>
                    <button class="button" type="button" on:click=move |_| session.cancel()>
                        "Cancel"
                    </button>
                </Show>
                <span class="small quiet" role="status">{words}</span>
            </div>
        </Show>
    }
}

/// The still of the job on the stage, while the page can show it.
pub(super) fn still_of(session: Session) -> Option<String> {
    let job = session.stage.job.read();
    let image = &job.as_ref()?.asked.image;
    let composing = session.compose.source.read() == *image;
    if composing && let Some(picture) = session.compose.picture.get() {
        return Some(picture.url);
    }
    let elsewhere = image.starts_with("https:") || image.starts_with("http:");
    elsewhere.then(|| image.clone())
}

/// What happens now, in a few words.
fn doing(session: Session) -> String {
    let job = session.stage.job.read();
    match job.as_ref().map(|job| job.phase) {
        Some(Phase::Submitting) => "on its way".to_owned(),
        Some(Phase::Queued {
            position: Some(position),
        }) => format!("place {position} in the queue"),
        Some(Phase::Queued { position: None }) => "in the queue".to_owned(),
        Some(Phase::Running) => match session.stage.progress.get() {
            Some((done, all)) => format!("{done} of {all} frames"),
            None => "being made".to_owned(),
        },
        Some(Phase::Finishing) => "fetching the video".to_owned(),
        Some(_) | None => String::new(),
    }
}

fn trouble_of(job: &JobView) -> Option<String> {
    let elsewhere = job.elsewhere && !job.phase.is_over();
    let follows = "Another tab looks after this job; this one follows it.".to_owned();
    job.trouble.clone().or_else(|| elsewhere.then_some(follows))
}
