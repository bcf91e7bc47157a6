//! Jobs that ended before.

use leptos::prelude::*;

use super::element::{el, live, when};
use super::icon::icon;
use crate::state::{PastJob, Session};

/// The last few jobs; nothing where there are none.
pub(super) fn history() -> AnyView {
    let past = Session::here().past;
    when(
        move || !past.jobs.read().is_empty(),
        || {
            let title = el("h2").attr("id", "history-title").text("Earlier");
            el("section")
                .class("panel history")
                .attr("aria-labelledby", "history-title")
                .child(el("div").class("head").child(title))
                .child(el("ul").class("strip").child(jobs()))
                .view()
        },
    )
}

/// All jobs. The elements are kept in their places, so that the focus is on the next job when one
/// is removed.
fn jobs() -> AnyView {
    let past = Session::here().past;
    let jobs = move || past.jobs.get().into_iter().map(earlier).collect::<Vec<_>>();
    live(move || Some(jobs().into_any()))
}

/// One earlier job.
fn earlier(job: PastJob) -> AnyView {
    let session = Session::here();
    let (reopened, removed) = (job.intent.clone(), job.intent.clone());
    let on_stage = move || {
        let stage = session.stage.job.read();
        stage.as_ref().is_some_and(|on| on.intent == job.intent)
    };
    let remove_label = ["Remove: ", &job.title].concat();
    let open = el("button")
        .class("open")
        .attr("type", "button")
        .live_attr("aria-current", move || on_stage().then_some("true"))
        .on("click", move |_| session.reopen(reopened.clone()))
        .child(el("span").class("line").text(job.title))
        .child(el("span").class("line quiet").text(job.line));
    let remove = el("button")
        .class("button plain icon-only")
        .attr("type", "button")
        .attr("aria-label", remove_label)
        .on("click", move |_| session.remove(removed.clone()))
        .child(icon("close"));
    el("li").class("past").child(open).child(remove).view()
}
