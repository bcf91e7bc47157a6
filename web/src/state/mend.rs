//! A copy of the image that fits the model, where the image itself does not.

use kinora::SourceUrl;
use kinora::image::{CopyFormat, Fit, Framing, ImageFacts, Look, Wish, fit};
use kinora_browser::retouch::ImageCopy;
use leptos::task::spawn_local;

use super::form::image_rules;
use super::image::ImageLook;
use super::keep::Kept;
use super::{RuleCheck, Verdict, Watched};

/// The copy, and whether one is called for.
#[derive(Clone, Copy)]
pub(crate) struct Mend {
    /// What can be offered for the image as it is.
    pub(crate) offer: Watched<Offer>,
    /// What became of the copy that was asked for.
    pub(crate) progress: Watched<Progress>,
    image: ImageLook,
    source: Watched<String>,
    file_name: Watched<Option<String>>,
    kept: Kept,
}

/// What can be offered for an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Offer {
    /// Nothing: it fits, or is not known.
    Nothing,
    /// A copy that fits.
    Copy {
        /// Whether its shape has to change, so that there is a choice of how.
        reshapes: bool,
    },
    /// No copy, since the whole file is not here.
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
    address: String,
    original: (String, Option<String>),
}

impl Mend {
    pub(super) fn new(
        image: ImageLook,
        rules: Watched<Vec<RuleCheck>>,
        source: Watched<String>,
        file_name: Watched<Option<String>>,
        kept: Kept,
    ) -> Self {
        let progress = Watched::new(Progress::Idle);
        let offer = Watched::of(move || {
            if !rules.read().iter().any(is_mendable) {
                return Offer::Nothing;
            }
            let view = image.view().read();
            let is_here = view.as_ref().is_some_and(|view| view.is_readable);
            match &*image.look().read() {
                Look::Found(facts) if is_here => offer(facts),
                Look::Found(_) => Offer::NotHere,
                Look::Pending | Look::Partly(_) | Look::Failed(_) => Offer::Nothing,
            }
        });
        Self {
            offer,
            progress,
            image,
            source,
            file_name,
            kept,
        }
    }

    /// What became of the copy, as long as it is the image.
    pub(crate) fn shown(self) -> Watched<Progress> {
        Watched::of(move || match &*self.progress.read() {
            Progress::Made(copied) if copied.address != *self.source.read() => Progress::Idle,
            progress => progress.clone(),
        })
    }

    /// Makes a copy that fits, and takes it as the image.
    pub(crate) fn make(self, framing: Framing) {
        let (Look::Found(facts), Some(file)) =
            (self.image.look().get_untracked(), self.image.file())
        else {
            return;
        };
        let plan = match plan(&facts, framing) {
            Ok(plan) => plan,
            Err(problem) => return self.progress.set(Progress::Failed(problem.to_string())),
        };
        self.progress.set(Progress::Working);
        spawn_local(async move {
            let looker = self.image.looker(&self.kept.opened().await);
            let progress = match looker.retoucher().copy(&file, &plan).await {
                Ok(copy) => self.take(&plan, &copy).await,
                Err(problem) => Progress::Failed(problem.to_string()),
            };
            self.progress.set(progress);
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
            self.file_name.set(name);
            self.source.set(source);
            self.progress.set(Progress::Idle);
        }
    }

    async fn take(self, plan: &Fit, copy: &ImageCopy) -> Progress {
        let id = match self.kept.keep_picture(&copy.file).await {
            Ok(id) => id,
            Err(error) => return Progress::Failed(error.to_string()),
        };
        let original = (self.source.get_untracked(), self.file_name.get_untracked());
        let before = original.1.as_deref().unwrap_or(&original.0);
        let copied = Copied {
            name: name(before, copy.format),
            changes: changes(plan, copy),
            address: [SourceUrl::PAGE_SCHEME, ":", &id].concat(),
            original,
        };
        self.file_name.set(Some(copied.name.clone()));
        self.source.set(copied.address.clone());
        Progress::Made(copied)
    }
}

fn offer(facts: &ImageFacts) -> Offer {
    match plan(facts, Framing::Pad) {
        Ok(fit) => Offer::Copy {
            reshapes: fit.to.x >= 1.0 || fit.to.y >= 1.0,
        },
        // Pressing the button tells why.
        Err(_) => Offer::Copy { reshapes: false },
    }
}

fn plan(facts: &ImageFacts, framing: Framing) -> Result<Fit, kinora::image::Unfit> {
    let wish = Wish {
        framing,
        ..Wish::default()
    };
    fit(&image_rules(), facts, &wish)
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
