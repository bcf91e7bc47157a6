//! The video on the stage.

/// A video that can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ResultView {
    /// For `src`: an object URL, or an `https:` address.
    pub(crate) url: String,
    /// Name for the saved file.
    pub(crate) file_name: String,
    /// Whether the page may read it. While it may, show it with `crossorigin="anonymous"`; when
    /// the player then fails call [`Stage::media_failed`](super::Stage::media_failed), which
    /// turns this off. Show it without `crossorigin` then: it plays, but cannot be saved from here.
    pub(crate) readable: bool,
    /// Whether it still plays nowhere: its host is gone, or it is no video.
    pub(crate) broken: bool,
    /// Whether it is a render of the demo.
    pub(crate) is_demo: bool,
}
