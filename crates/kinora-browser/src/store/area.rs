//! What is kept apart from what.

/// One object store of the database.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Area {
    /// Jobs, by intent.
    Records,
    /// The app's own values, by key.
    App,
    /// Files, by key.
    Blobs,
}

impl Area {
    pub(super) const ALL: [Self; 3] = [Self::Records, Self::App, Self::Blobs];

    /// Its name in the database.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Records => "records",
            Self::App => "app",
            Self::Blobs => "blobs",
        }
    }
}
