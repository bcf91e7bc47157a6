//! What stands against a field, at the field.

use leptos::prelude::*;

use crate::state::{Notice, Session, Severity};

/// The id of the notices at a field, for `aria-describedby`.
pub(super) fn notices_id(field: &str) -> String {
    format!("notices-{field}")
}

/// The messages at a field, each with a mark, and with text that would do instead.
#[component]
pub(super) fn Notices(
    /// The field's key.
    field: &'static str,
    /// The messages.
    #[prop(into)]
    notices: Signal<Vec<Notice>>,
) -> impl IntoView {
    view! {
        <div id=notices_id(field) aria-live="polite">
            {move || notices.get().into_iter().map(line).collect_view()}
        </div>
    }
}

/// Whether one of the messages forbids to send, for `aria-invalid`.
pub(super) fn forbids(notices: Signal<Vec<Notice>>) -> impl Fn() -> Option<&'static str> + Clone {
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

fn line(notice: Notice) -> impl IntoView {
    let (word, mark) = severity_look(notice.severity);
    view! {
        <p class="issue" data-severity=word>
            <span class="mark" aria-hidden="true">{mark}</span>
            <span>{notice.message} {notice.offer.map(offer)}</span>
        </p>
    }
}

fn offer(text: String) -> impl IntoView {
    let session = Session::here();
    let label = format!("Use {text}");
    view! {
        " "
        <button class="link" type="button" on:click=move |_| session.compose.take_offer(text.clone())>
            {label}
        </button>
    }
}
