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

/// A motion of one still, ready to be drawn at any moment.
#[derive(Clone, Debug)]
pub(crate) enum Scene {
    Camera(Camera),
    Squish(Squish),
    Flying(Box<Flying>),
    Carousel(Box<Carousel>),
}

impl Scene {
    pub(crate) fn new(
        template: &Template,
        picture: &Picture,
        size: FrameSize,
        seed: u64,
        prompt: &str,
    ) -> Self {
        let subject = Subject::new(picture);
        let mut dice = Dice::new(seed);
        match template {
            Template::CameraMove => {
                Self::Camera(Camera::new(&subject, size, &mut dice, &Hints::read(prompt)))
            }
            Template::Squish => Self::Squish(Squish::new(&subject, size, &mut dice)),
            Template::Flying => {
                Self::Flying(Box::new(Flying::new(&subject, picture, size, &mut dice)))
            }
            Template::Carousel => Self::Carousel(Box::new(Carousel::new(picture, size, &mut dice))),
            Template::Other(name) => {
                let mut dice = Dice::new(seed ^ hash(name.as_bytes()));
                Self::Camera(Camera::new(
                    &subject,
                    size,
                    &mut dice,
                    &Hints::stronger(prompt),
                ))
            }
        }
    }

    /// Draws the moment `second` seconds into the clip over the whole canvas.
    pub(crate) fn draw(&self, picture: &Picture, second: f32, canvas: &mut Canvas<'_>) {
        match self {
            Self::Camera(camera) => camera.draw(picture, second, canvas),
            Self::Squish(squish) => squish.draw(picture, second, canvas),
            Self::Flying(flying) => flying.draw(picture, second, canvas),
            Self::Carousel(carousel) => carousel.draw(picture, second, canvas),
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
