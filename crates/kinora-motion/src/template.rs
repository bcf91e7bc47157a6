//! The motions by name.

/// How the still moves. Names are the service's own `template` values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Template {
    /// No template: a camera that pushes in and drifts, with depth.
    CameraMove,
    /// `squish`: the subject is pressed from both sides, let go, and wobbles like jelly.
    Squish,
    /// `flying`: the subject lifts off and hovers over its shadow; where none can be cut out cleanly,
    /// the whole picture does, as a printed card.
    Flying,
    /// `carousel`: the picture bends onto a turning ring of its own copies over a glossy floor.
    Carousel,
    /// Any other name: the camera move with more energy, its directions drawn from seed and name.
    Other(String),
}

impl From<Option<&str>> for Template {
    /// Reads a name; none, or only white space, is [`Template::CameraMove`].
    fn from(name: Option<&str>) -> Self {
        match name.map(str::trim).unwrap_or_default() {
            "" => Self::CameraMove,
            "squish" => Self::Squish,
            "flying" => Self::Flying,
            "carousel" => Self::Carousel,
            other => Self::Other(other.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_a_template() {
        let check =
            |name: Option<&str>, template| assert_eq!(Template::from(name), template, "{name:?}");
        check(None, Template::CameraMove);
        check(Some("  "), Template::CameraMove);
        check(Some("squish"), Template::Squish);
        check(Some("flying"), Template::Flying);
        check(Some("carousel"), Template::Carousel);
        check(Some("melt"), Template::Other("melt".to_owned()));
    }
}
