//! The offer of a copy that fits, and what was changed.

use kinora::image::Framing;
use leptos::prelude::*;

use crate::components::element::{Element, el};
use crate::state::{Copied, Mend, Offer, Progress, Session};

/// Stands below the checks, where there is something to offer or to tell.
pub(super) fn mend() -> AnyView {
    let mend = Session::here().compose.mend;
    let shown = mend.shown();
    el("div")
        .class("mend")
        .attr("aria-live", "polite")
        .live(move || match shown.get() {
            Progress::Idle => offered(mend),
            Progress::Working => Some(sentence("Making a copy that fits…").view()),
            Progress::Made(copied) => Some(made(mend, copied)),
            Progress::Failed(words) => Some(sentence(words).attr("data-severity", "error").view()),
        })
        .view()
}

fn offered(mend: Mend) -> Option<AnyView> {
    match mend.offer.get() {
        Offer::Nothing => None,
        Offer::NotHere => Some(
            sentence(
                "The whole file is not here, so no copy that fits can be made of it. Save the \
                 picture on your device, then choose the file.",
            )
            .view(),
        ),
        Offer::Copy { reshapes: false } => {
            Some(button("Make a copy that fits", move || mend.make(Framing::Pad)).view())
        }
        Offer::Copy { reshapes: true } => Some(
            el("div")
                .class("joined wraps")
                .child(button("Make a copy with edges added", move || {
                    mend.make(Framing::Pad);
                }))
                .child(button("Make a copy cut to shape", move || {
                    mend.make(Framing::Crop);
                }))
                .view(),
        ),
    }
}

/// What was changed, and what can be done with the copy.
fn made(mend: Mend, copied: Copied) -> AnyView {
    let changes = copied.changes.into_iter();
    let list = el("ul").children(changes.map(|change| el("li").text(change).view()));
    let buttons = el("div")
        .class("joined wraps")
        .child(button("Save the copy", move || mend.save()))
        .child(button("Back to the original", move || mend.undo()));
    el("div")
        .child(sentence("This is a copy that fits:"))
        .child(list)
        .child(buttons)
        .view()
}

fn button(words: &'static str, act: impl Fn() + Send + Sync + 'static) -> Element {
    el("button")
        .class("button")
        .attr("type", "button")
        .text(words)
        .on("click", move |_| act())
}

fn sentence(words: impl Into<std::borrow::Cow<'static, str>>) -> Element {
    el("p").class("small").text(words.into())
}
