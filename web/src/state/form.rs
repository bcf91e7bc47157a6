//! What the form's fields can hold.

/// The choice of an effect.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Template {
    /// No effect: the prompt says what moves.
    #[default]
    None,
    /// One that the model's page names.
    Named(&'static str),
    /// Another, by the name that was typed.
    Other(String),
}
