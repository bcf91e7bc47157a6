//! A copy of the image that fits the model, where the image itself does not.

use kinora::SourceUrl;
use kinora::image::{CopyFormat, Fit, ImageFacts, Look, Unfit, Wish, fit};
use kinora::limits::DATA_IMAGE_BYTES;
use kinora_browser::retouch::ImageCopy;
use leptos::task::spawn_local;
use web_sys::Blob;

use super::fields::Fields;
use super::form::image_rules;
use super::image::ImageLook;
use super::keep::Kept;
use super::{RuleCheck, Verdict, Watched};

mod wish;
pub(crate) use wish::{FORMATS, FRAMINGS, SHAPES, Wishes};

/// The copy, what is wished of it, and whether one is called for.
#[derive(Clone, Copy)]
pub(crate) struct Mend {
    /// What can be offered for the image as it is.
    pub(crate) offer: Watched<Offer>,
    /// What is wished of it.
    pub(crate) wishes: Wishes,
    progress: Watched<Progress>,
    /// The image that the progress is of, by its address.
    of: Watched<String>,
    image: ImageLook,
    file: FileSent,
    form: Fields,
    kept: Kept,
}

/// Whether the image goes inside the request, which has limits of its own.
#[derive(Clone, Copy)]
pub(super) struct FileSent {
    /// Whether it does.
    pub(super) is_sent: Watched<bool>,
    /// Whether it is too large for that.
    pub(super) is_too_large: Watched<bool>,
}

/// What can be offered for an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Offer {
    /// Nothing: there is no image, or none is known yet.
    Nothing,
    /// A copy.
    Copy {
        /// Whether the image itself does not fit.
        is_needed: bool,
        /// Whether its shape has to change, so that there is a choice of how.
        reshapes: bool,
    },
    /// No copy, though one is called for, since the whole file is not here.
    NotHere,
}

/// What became of a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// None was asked for.
    Idle,
    /// It is being made.
    Working,
    /// It is the image now.
    Made(Copied),
    /// Why there is none.
    Failed(String),
}

/// A copy that took the place of its image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Copied {
    /// Its name as a file.
    pub(crate) name: String,
    /// What differs from the original, in sentences.
    pub(crate) changes: Vec<String>,
    original: (String, Option<String>),
}

impl Mend {
    pub(super) fn new(
        image: ImageLook,
        rules: Watched<Vec<RuleCheck>>,
        file: FileSent,
        form: Fields,
        kept: Kept,
    ) -> Self {
        let offer = Watched::of(move || {
            let is_needed = rules.read().iter().any(is_mendable) || file.is_too_large.get();
            let view = image.view().read();
            let is_here = view.as_ref().is_some_and(|view| view.is_readable);
            match &*image.look().read() {
                Look::Found(facts) if is_here => Offer::Copy {
                    is_needed,
                    reshapes: reshapes(facts),
                },
                Look::Found(_) if is_needed => Offer::NotHere,
                Look::Found(_) | Look::Pending | Look::Partly(_) | Look::Failed(_) => {
                    Offer::Nothing
                }
            }
        });
        Self {
            offer,
            wishes: Wishes::none(),
            progress: Watched::new(Progress::Idle),
            of: Watched::new(String::new()),
            image,
            file,
            form,
            kept,
        }
    }

    /// What became of the copy, as long as its image, or it itself, is the image.
    pub(crate) fn shown(self) -> Watched<Progress> {
        Watched::of(move || match *self.of.read() == *self.form.source.read() {
            true => self.progress.get(),
            false => Progress::Idle,
        })
    }

    /// Makes a copy that fits, as it is wished, and takes it as the image.
    pub(crate) fn make(self) {
        let (Look::Found(facts), Some(file)) =
            (self.image.look().get_untracked(), self.image.file())
        else {
            return;
        };
        let source = self.form.source.get_untracked();
        self.of.set(source.clone());
        let plan = match self.plan(&facts) {
            Ok(plan) => plan,
            Err(problem) => return self.progress.set(Progress::Failed(problem.to_string())),
        };
        self.progress.set(Progress::Working);
        spawn_local(async move {
            let made = self.made(&file, &plan).await;
            if *self.of.read_untracked() != source {
                // A copy of another image was asked for meanwhile, and the progress is its.
                return;
            }
            if *self.form.source.read_untracked() != source {
                // Another image was chosen meanwhile.
                return self.progress.set(Progress::Idle);
            }
            match made {
                Ok((copy, id)) => self.take(&plan, &copy, &id),
                Err(problem) => self.progress.set(Progress::Failed(problem)),
            }
        });
    }

    /// Offers the copy to be saved.
    pub(crate) fn save(self) {
        let view = self.image.view().get_untracked();
        if let (Progress::Made(copied), Some(view)) = (self.progress.get_untracked(), view) {
            kinora_browser::file::save(&view.url, &copied.name);
        }
    }

    /// Puts the original back.
    pub(crate) fn undo(self) {
        if let Progress::Made(copied) = self.progress.get_untracked() {
            let (source, name) = copied.original;
            self.form.file_name.set(name);
            self.form.source.set(source);
            self.progress.set(Progress::Idle);
        }
    }

    fn plan(self, facts: &ImageFacts) -> Result<Fit, Unfit> {
        let mut plan = fit(&image_rules(), facts, &self.wishes.wish())?;
        if self.file.is_sent.get_untracked() {
            let below = plan.below.unwrap_or(DATA_IMAGE_BYTES);
            plan.below = Some(below.min(DATA_IMAGE_BYTES));
        }
        Ok(plan)
    }

    /// A copy as planned, and the id by which it is kept; or why there is none.
    async fn made(self, file: &Blob, plan: &Fit) -> Result<(ImageCopy, String), String> {
        let looker = self.image.looker(&self.kept.opened().await);
        let copy = looker.retoucher().copy(file, plan).await;
        let copy = copy.map_err(|problem| problem.to_string())?;
        let id = self.kept.keep_picture(&copy.file).await;
        Ok((copy, id.map_err(|error| error.to_string())?))
    }

    fn take(self, plan: &Fit, copy: &ImageCopy, id: &str) {
        let (source, file_name) = (self.form.source, self.form.file_name);
        let original = (source.get_untracked(), file_name.get_untracked());
        let before = original.1.as_deref().unwrap_or(&original.0);
        let copied = Copied {
            name: name(before, copy.format),
            changes: changes(plan, copy),
            original,
        };
        let address = [SourceUrl::PAGE_SCHEME, ":", id].concat();
        file_name.set(Some(copied.name.clone()));
        self.of.set(address.clone());
        self.progress.set(Progress::Made(copied));
        source.set(address);
    }
}

/// Whether no copy that fits has the image's own shape.
fn reshapes(facts: &ImageFacts) -> bool {
    // Where there is no plan, making one tells why.
    let plan = fit(&image_rules(), facts, &Wish::default());
    plan.is_ok_and(|plan| plan.to.x >= 1.0 || plan.to.y >= 1.0)
}

/// Whether a rule came out so that a copy would do better.
fn is_mendable(rule: &RuleCheck) -> bool {
    let is_bad = matches!(rule.verdict, Verdict::Fail | Verdict::Borderline);
    // What is said of the file elsewhere stays as it is whatever its copy is like.
    is_bad && !matches!(rule.rule, "image_loads" | "image_name" | "image_type")
}

/// Everything that differs, in sentences.
fn changes(plan: &Fit, copy: &ImageCopy) -> Vec<String> {
    let planned = plan.changes.iter().map(kinora::image::Change::sentence);
    let instead = (copy.format != plan.format)
        .then(|| "As a PNG it would have been too large, so it is a JPEG.".to_owned());
    let lowered = copy.lowered_to.map(|percent| {
        let percent = percent.to_string();
        [
            "Its quality was lowered to ",
            &percent,
            " % to make it small enough.",
        ]
        .concat()
    });
    planned.chain(instead).chain(lowered).collect()
}

/// The name of a copy: `lake.png` becomes `lake-fits.jpg`.
fn name(before: &str, format: CopyFormat) -> String {
    let end = before.find(['?', '#']).unwrap_or(before.len());
    let path = before.get(..end).unwrap_or_default();
    let file = path.rsplit(['/', ':']).next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let stem = if stem.is_empty() { "image" } else { stem };
    let ending = match format {
        CopyFormat::Jpeg => "-fits.jpg",
        CopyFormat::Png => "-fits.png",
    };
    [stem, ending].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_named_after_its_original() {
        let name = |before| name(before, CopyFormat::Jpeg);
        assert_eq!(name("lake.png"), "lake-fits.jpg");
        assert_eq!(
            name("https://a.example/b/lake.png?size=2#x"),
            "lake-fits.jpg"
        );
        assert_eq!(name("kinora-page:"), "image-fits.jpg");
        assert_eq!(name(""), "image-fits.jpg");
        assert_eq!(super::name("a.b.webp", CopyFormat::Png), "a.b-fits.png");
    }
}
