//! Which view is open, told by the address's hash.

/// A view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Route {
    /// `#/`: compose and stage.
    #[default]
    Main,
    /// `#/about`: what this is.
    About,
}

impl Route {
    /// The view of a hash.
    pub(crate) fn of(hash: &str) -> Self {
        match hash.trim_start_matches('#').split('?').next() {
            Some("/about") => Self::About,
            _ => Self::Main,
        }
    }
}
