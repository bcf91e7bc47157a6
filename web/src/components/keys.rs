//! Keys and focus.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlElement, KeyboardEvent};

use super::connection;
use crate::state::{Session, whenever};

/// Whether these keys mean *Generate* wherever they are pressed: Ctrl or ⌘ with Enter.
pub(super) fn means_generate(event: &KeyboardEvent) -> bool {
    event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.repeat()
}

/// The id of a field's control, by the field's key.
pub(super) fn control_id(field: &str) -> String {
    format!("field-{field}")
}

/// The element of this id.
pub(super) fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Moves the focus to the field that the session asks for.
pub(super) fn focus_where_asked(session: Session) {
    whenever(move || {
        let Some(field) = session.focus_request.get() else {
            return;
        };
        if matches!(field, "base" | "token") {
            connection::open_sheet();
        }
        if let Some(control) = element(&control_id(field)) {
            // Nothing is lost when an element cannot take the focus.
            let _ = control.focus();
        }
        session.focus_request.set(None);
    });
}
