//! What stands against a field, at the field.

use leptos::prelude::*;

use super::element::{Element, el};
use crate::state::{Notice, Session, Severity, Watched};

/// The id of the notices at a field, for `aria-describedby`.
pub(super) fn notices_id(field: &str) -> String {
    format!("notices-{field}")
}

/// The messages at a field, each with a mark, and with text that would do instead.
pub(super) fn notices_at(field: &'static str, notices: Watched<Vec<Notice>>) -> AnyView {
    let lines = move || notices.get().into_iter().map(line).collect::<Vec<_>>();
    el("div")
        .attr("id", notices_id(field))
        .attr("aria-live", "polite")
        .live(move || Some(lines().into_any()))
        .view()
}

/// A sentence about what is wrong, with a mark for those who see it.
pub(super) fn issue(class: &'static str, severity: Severity, sentence: Element) -> Element {
    let (word, mark) = severity_look(severity);
    let mark = el("span")
        .class("mark")
        .attr("aria-hidden", "true")
        .text(mark);
    el("p")
        .class(class)
        .attr("data-severity", word)
        .child(mark)
        .child(sentence)
}

/// Whether one of the messages forbids to send, for `aria-invalid`.
pub(super) fn forbids(notices: Watched<Vec<Notice>>) -> impl Fn() -> Option<&'static str> + Clone {
    move || {
        let notices = notices.read();
        let error = |notice: &Notice| notice.severity == Severity::Error;
        notices.iter().any(error).then_some("true")
    }
}

/// The word and the mark of a severity.
pub(super) const fn severity_look(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Advice => ("advice", "i"),
        Severity::Unknown => ("unknown", "?"),
        Severity::Borderline => ("borderline", "≈"),
        Severity::Error => ("error", "✕"),
    }
}

fn line(notice: Notice) -> AnyView {
    let sentence = el("span").text(notice.message);
    let sentence = match notice.offer {
        Some(text) => sentence.text(" ").child(offer(text)),
        None => sentence,
    };
    issue("issue", notice.severity, sentence).view()
}

/// A button that takes the text that would do instead.
fn offer(text: String) -> AnyView {
    let session = Session::here();
    el("button")
        .class("link")
        .attr("type", "button")
        .text(format!("Use {text}"))
        .on("click", move |_| session.compose.take_offer(text.clone()))
        .view()
}
