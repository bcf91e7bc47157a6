//! What Kinora is, for those who ask.

use leptos::prelude::*;

use super::element::el;

/// The view of `#/about`.
pub(super) fn about() -> AnyView {
    let back = el("a").class("button").attr("href", "#/").text("Back");
    let article = el("article")
        .class("panel")
        .child(el("h2").text("What this is"))
        .child(el("p").text(
            "A kinora was a hand-cranked machine that made stills move. This one takes an image \
             and a few words, sends them to a video model, and plays what comes back.",
        ))
        .child(el("h2").text("What it is not"))
        .child(el("p").text(
            "The demo is not the Wan 2.2 model. It goes through the same queue and the same \
             states, and renders a real video of your own image in this page, but by plain \
             geometry: no AI model has seen it, nor read your words.",
        ))
        .child(el("p").text(
            "A service is not part of this page either. What it accepts, how long it takes and \
             what it costs are its own affairs; what Kinora cannot know before, it says.",
        ))
        .child(el("p").child(back));
    el("main").class("about").child(article).view()
}
