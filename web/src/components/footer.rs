//! The page's foot: its limits, stated plainly, and the theme.

use leptos::prelude::*;

use super::element::el;

/// Limits, source and theme.
pub(super) fn foot() -> AnyView {
    let limits = el("p").text(
        "Videos are five seconds long; the model makes no other. In the demo nothing is \
         uploaded. With a service, it fetches your image and makes the video, and its terms and \
         prices hold.",
    );
    let about = el("a")
        .attr("href", "#/about")
        .text("What this is, and what it is not");
    let source = el("p")
        .child(about)
        .text(". Kinora is free software under MIT or Apache-2.0.");
    let themes = el("fieldset")
        .class("segments small")
        .child(el("legend").class("sr").text("Theme"))
        .child(theme("auto", "Auto"))
        .child(theme("light", "Light"))
        .child(theme("dark", "Dark"));
    el("footer")
        .class("foot")
        .child(el("div").class("limits small").child(limits).child(source))
        .child(themes)
        .view()
}

/// One theme, by its name in the page's root and its name for people. `boot.js` applies and keeps
/// the choice, so that it holds before the module is there.
fn theme(value: &'static str, label: &'static str) -> AnyView {
    let input = el("input")
        .class("sr")
        .attr("type", "radio")
        .attr("name", "theme")
        .attr("value", value);
    el("label")
        .child(input)
        .child(el("span").text(label))
        .view()
}
