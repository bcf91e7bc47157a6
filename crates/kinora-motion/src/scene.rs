//! The motions themselves: what each frame shows of the still at a moment.

mod camera;
mod carousel;
mod flying;
mod squish;

use crate::hint::Hints;
use crate::math::{Dice, hash};
use crate::plane::{Canvas, Picture};
use crate::size::FrameSize;
use crate::subject::Subject;
use crate::template::Template;
use camera::Camera;
use carousel::Carousel;
use flying::Flying;
use squish::Squish;

/// Draws one moment over a whole canvas, whichever rows that has.
pub(crate) type Painter<'a> = Box<dyn Fn(&mut Canvas<'_>) + 'a>;

/// A motion of one still, ready to be drawn at any moment.
#[derive(Clone, Debug)]
pub(crate) enum Scene {
    Camera(Camera),
    Squish(Squish),
    Flying(Box<Flying>),
    Carousel(Box<Carousel>),
}

impl Scene {
    pub(crate) async fn new(
        template: &Template,
        picture: &Picture,
        size: FrameSize,
        seed: u64,
        prompt: &str,
    ) -> Self {
        let subject = Subject::new(picture).await;
        let mut dice = Dice::new(seed);
        match template {
            Template::CameraMove => {
                let hints = Hints::read(prompt);
                Self::Camera(Camera::new(&subject, size, &mut dice, &hints).await)
            }
            Template::Squish => Self::Squish(Squish::new(&subject, size, &mut dice)),
            Template::Flying => {
                let flying = Flying::new(&subject, picture, size, &mut dice).await;
                Self::Flying(Box::new(flying))
            }
            Template::Carousel => {
                Self::Carousel(Box::new(Carousel::new(picture, size, &mut dice).await))
            }
            Template::Other(name) => {
                let mut dice = Dice::new(seed ^ hash(name.as_bytes()));
                let hints = Hints::stronger(prompt);
                Self::Camera(Camera::new(&subject, size, &mut dice, &hints).await)
            }
        }
    }

    /// What draws the moment `second` seconds into the clip.
    pub(crate) async fn painter<'a>(&'a self, picture: &'a Picture, second: f32) -> Painter<'a> {
        match self {
            Self::Camera(camera) => Box::new(camera.painter(picture, second)),
            Self::Squish(squish) => Box::new(squish.painter(picture, second)),
            Self::Flying(flying) => flying.painter(picture, second).await,
            Self::Carousel(carousel) => carousel.painter(picture, second),
        }
    }

    /// Where in the scaled still the pixels at these places come from, if they do.
    pub(crate) fn origins(&self, second: f32, places: &[(f32, f32)]) -> Vec<Option<(f32, f32)>> {
        let each = |origin: &dyn Fn(f32, f32) -> (f32, f32)| {
            places.iter().map(|(x, y)| Some(origin(*x, *y))).collect()
        };
        match self {
            Self::Camera(camera) => each(&|x, y| camera.origin(second, x, y)),
            Self::Squish(squish) => each(&|x, y| squish.origin(second, x, y)),
            Self::Flying(flying) => places
                .iter()
                .map(|(x, y)| flying.origin(second, *x, *y))
                .collect(),
            Self::Carousel(carousel) => carousel.origins(second, places),
        }
    }
}
