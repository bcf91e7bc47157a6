//! Where the app begins.

use leptos::prelude::*;

use crate::components::page;
use crate::state::Session;

/// Mounts the app, in a page. In a worker, which runs the same module, nothing is to be done.
pub(crate) fn start() {
    if web_sys::window().is_none() {
        return;
    }
    mount_to_body(|| {
        provide_context(Session::open());
        page()
    });
}
