//! The offer of a copy that fits, what is wished of it, and what was changed.

use leptos::prelude::*;

use crate::components::element::{Element, Text, el};
use crate::components::icon::icon;
use crate::state::{Copied, FORMATS, FRAMINGS, Mend, Offer, Progress, SHAPES, Session, Watched};

/// Stands below the checks, where there is something to offer or to tell.
pub(super) fn mend() -> AnyView {
    let mend = Session::here().compose.mend;
    let shown = mend.shown();
    let told = el("div")
        .attr("aria-live", "polite")
        .live(move || match shown.get() {
            Progress::Idle => None,
            Progress::Working => Some(sentence("Making a copy that fits…").view()),
            Progress::Made(copied) => Some(made(mend, copied)),
            Progress::Failed(words) => Some(sentence(words).attr("data-severity", "error").view()),
        });
    let offer = Watched::of(move || match &*shown.read() {
        Progress::Idle | Progress::Failed(_) => mend.offer.get(),
        Progress::Working | Progress::Made(_) => Offer::Nothing,
    });
    el("div")
        .class("mend")
        .child(told)
        .live(move || offered(mend, offer.get()))
        .view()
}

fn offered(mend: Mend, offer: Offer) -> Option<AnyView> {
    let make = move |words| button(words, move || mend.make());
    match offer {
        Offer::Nothing => None,
        Offer::NotHere => Some(
            sentence(
                "The whole file is not here, so no copy that fits can be made of it. Save the \
                 picture on your device, then choose the file.",
            )
            .view(),
        ),
        Offer::Copy {
            is_needed: true,
            reshapes,
        } => {
            let options = options(mend, "Options");
            // A wish from before holds for this image too, so it is to be seen.
            let options = if reshapes || mend.wishes.is_any() {
                options.attr("open", "")
            } else {
                options
            };
            let all = el("div").child(make("Make a copy that fits"));
            Some(all.child(options).view())
        }
        Offer::Copy {
            is_needed: false, ..
        } => {
            let options = options(mend, "Another shape or file type");
            Some(options.child(make("Make a copy")).view())
        }
    }
}

/// What can be wished of the copy, folded.
fn options(mend: Mend, words: &'static str) -> Element {
    let wishes = mend.wishes;
    let ground = wishes.ground;
    let colour = el("input")
        .class("input")
        .attr("type", "color")
        .live_prop("value", move || ground.get())
        .on("input", move |event| ground.set(event_target_value(&event)));
    let fields = el("fieldset")
        .class("options")
        .child(el("legend").class("sr").text("Options for the copy"))
        .child(labelled("Shape", choice(SHAPES, wishes.shape)))
        .child(labelled("Reshaped by", choice(FRAMINGS, wishes.framing)))
        .child(labelled("Background", colour))
        .child(labelled("File type", choice(FORMATS, wishes.format)));
    el("details")
        .child(el("summary").child(icon("chevron")).text(words))
        .child(fields)
}

fn labelled(words: &'static str, control: Element) -> Element {
    let label = el("span").class("label").text(words);
    el("label").child(label).child(control)
}

/// A list of names to choose one from.
fn choice(names: &'static [&'static str], chosen: Watched<usize>) -> Element {
    let option = |(place, name): (usize, &&'static str)| {
        el("option")
            .live_prop("selected", move || chosen.get() == place)
            .text(*name)
            .view()
    };
    el("select")
        .class("input")
        .on("change", move |event| {
            let name = event_target_value(&event);
            let place = names.iter().position(|known| *known == name);
            chosen.set(place.unwrap_or_default());
        })
        .children(names.iter().enumerate().map(option))
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

fn sentence(words: impl Into<Text>) -> Element {
    el("p").class("small").text(words)
}
