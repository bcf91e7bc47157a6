//! The form, and what is known of its image.

use core::time::Duration;

use kinora::image::{self, Look, RuleCheck};
use kinora::wire::input;
use kinora::{
    Checked, Connection, Facts, FieldKind, ModelSpec, Reach, Report, Severity, SourceUrl,
};

use super::batch::Batch;
use super::fields::{Fields, RESOLUTIONS};
use super::form::{Form, templates};
use super::image::ImageLook;
use super::keep::Kept;
use super::mend::{FileSent, Mend};
use super::{Notice, Template, Watched, whenever};

mod source;
pub(super) use source::absolute;

/// What is being composed.
#[derive(Clone, Copy)]
pub(crate) struct Compose {
    /// The prompt.
    pub(crate) prompt: Watched<String>,
    /// What must not be seen.
    pub(crate) negative_prompt: Watched<String>,
    /// The effect.
    pub(crate) template: Watched<Template>,
    /// `480P` or `1080P`.
    pub(crate) resolution: Watched<&'static str>,
    /// The seed as it was typed; empty for a random one.
    pub(crate) seed: Watched<String>,
    /// Magic prompt: whether the service may reword the prompt.
    pub(crate) prompt_extend: Watched<bool>,
    /// The image's address as it was typed; `kinora-page:…` for a picked, dropped or pasted
    /// file. Use [`Compose::shown_source`] for the text field.
    pub(crate) source: Watched<String>,
    /// Whether a file goes inside the request, where the service cannot fetch it: a person's wish,
    /// offered while [`Compose::may_send_file`] says so.
    pub(crate) sends_file: Watched<bool>,
    /// How each rule for the image came out; empty while there is no image.
    pub(crate) rules: Watched<Vec<RuleCheck>>,
    /// The picture, once it was seen.
    pub(crate) picture: Watched<Option<PictureView>>,
    /// Whether the image is a file that a service gets inside the request or not at all.
    pub(crate) may_send_file: Watched<bool>,
    /// Whether the image is being looked at.
    pub(crate) looking: Watched<bool>,
    /// A copy of the image that fits.
    pub(crate) mend: Mend,
    /// Many images, checked together.
    pub(crate) batch: Batch,
    checked: Watched<Checked>,
    reach: Watched<Reach>,
    image: ImageLook,
    fields: Fields,
    tried: Watched<bool>,
    not_taken: Watched<Option<String>>,
    kept: Kept,
}

/// A picture that can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PictureView {
    /// For `src`.
    pub(crate) url: String,
    /// Width in pixels, as displayed.
    pub(crate) width: u32,
    /// Height in pixels, as displayed.
    pub(crate) height: u32,
    /// Whether the file itself is here, rather than only shown.
    pub(crate) is_readable: bool,
}

impl Compose {
    pub(super) fn new(connection: Watched<Option<Connection>>, kept: Kept) -> Self {
        let image = ImageLook::new();
        let form = Fields::new();
        let reach = Watched::of(move || {
            let connection = connection.read();
            connection
                .as_ref()
                .map_or(Reach::Internet, Connection::reach)
        });
        let checked = Watched::of(move || check(&form.read(), reach.get(), image.look().get()));
        let has_address = Watched::of(move || {
            let source = form.source.read();
            SourceUrl::parse(&source, looked_at_by(&source, reach.get())).is_ok()
        });
        let look = image.look();
        let rules = Watched::of(move || rules(has_address.get(), &look.read()));
        let is_file = Watched::of(move || SourceUrl::is_page_file(&form.source.read()));
        let may_send_file = Watched::of(move || is_file.get() && reach.get() != Reach::Page);
        let file = FileSent {
            is_sent: Watched::of(move || may_send_file.get() && form.sends_file.get()),
            is_too_large: Watched::of(move || is_too_large(&checked.read().report)),
        };
        Self {
            prompt: form.prompt,
            negative_prompt: form.negative_prompt,
            template: form.template,
            resolution: form.resolution,
            seed: form.seed,
            prompt_extend: form.prompt_extend,
            source: form.source,
            sends_file: form.sends_file,
            may_send_file,
            rules,
            mend: Mend::new(image, rules, file, form, kept),
            batch: Batch::new(image, kept),
            picture: image.view(),
            looking: Watched::of(move || has_address.get() && is_under_way(&look.read())),
            checked,
            reach,
            image,
            fields: form,
            tried: Watched::new(false),
            not_taken: Watched::new(None),
            kept,
        }
    }

    /// The messages at a field, by its key in the request. That there is no image yet is only
    /// said once *Generate* was pressed.
    pub(crate) fn notices(self, field: &'static str) -> Watched<Vec<Notice>> {
        Watched::of(move || {
            let checked = self.checked.read();
            let looking = self.looking.get();
            let issues = checked
                .report
                .of(field)
                .filter(|issue| match issue.severity {
                    Severity::Error => issue.code != "image_missing" || self.tried.get(),
                    Severity::Unknown => !looking,
                    Severity::Advice | Severity::Borderline => true,
                });
            let not_taken = self.not_taken.get().filter(|_| field == input::IMAGE);
            let not_taken = not_taken.map(Notice::error);
            not_taken
                .into_iter()
                .chain(issues.map(Notice::of))
                .collect::<Vec<_>>()
        })
    }

    /// Characters used in a text field.
    pub(crate) fn used(self, field: &'static str) -> Watched<usize> {
        let text = match field {
            input::NEGATIVE_PROMPT => self.negative_prompt,
            _ => self.prompt,
        };
        Watched::of(move || text.read().chars().count())
    }

    /// The most characters that a text field may have.
    pub(crate) fn most(self, field: &'static str) -> usize {
        match ModelSpec::wan_2_2().field(field).map(|field| &field.kind) {
            Some(FieldKind::Text { most: Some(most) }) => *most,
            _ => usize::MAX,
        }
    }

    /// The effects that the model's page names.
    pub(crate) fn templates(self) -> &'static [&'static str] {
        templates(&ModelSpec::wan_2_2())
    }

    /// The resolutions to choose from.
    pub(crate) fn resolutions(self) -> &'static [&'static str] {
        &RESOLUTIONS
    }

    /// Puts a random seed.
    pub(crate) fn roll_seed(self) {
        let seed = kinora_browser::random() as u32;
        self.seed.set(seed.to_string());
    }

    /// Looks at the image whenever its address, or who will fetch it, changes.
    pub(super) fn keep_looking(self) {
        let mut before = None;
        whenever(move || {
            let address = self.source.get();
            let before = before.replace(address.clone());
            let Some(store) = self.kept.store() else {
                return;
            };
            let typed = before.is_some_and(|before| before != address)
                && self.chosen_still().get_untracked().is_none()
                && !SourceUrl::is_page_file(&address);
            let patience = if typed { TYPING } else { Duration::ZERO };
            self.not_taken.set(None);
            let reach = looked_at_by(&address, self.reach.get());
            self.image.at(&address, reach, &store, patience);
        });
    }

    /// Everything that forbids to send is shown from now on. What may be sent comes back, or else
    /// the key of the first field that is in the way.
    pub(super) fn try_to_send(self) -> Result<kinora::Request, &'static str> {
        self.tried.set(true);
        let checked = self.checked.get_untracked();
        checked.request.ok_or_else(|| {
            let first = checked.report.errors().next();
            let field =
                first.and_then(|issue| input::ALL.into_iter().find(|key| *key == issue.field));
            field.unwrap_or(input::PROMPT)
        })
    }

    /// The form as a value; tracked.
    pub(super) fn form(self) -> Form {
        self.fields.read()
    }

    /// Fills in the form.
    pub(super) fn fill(self, form: Form) {
        self.fields.fill(form);
    }
}

/// Who can look at an image: files are here, whoever is to have them.
fn looked_at_by(source: &str, reach: Reach) -> Reach {
    match SourceUrl::is_page_file(source) {
        true => Reach::Page,
        false => reach,
    }
}

fn is_under_way(look: &Look) -> bool {
    matches!(look, Look::Pending | Look::Partly(_))
}

fn check(form: &Form, reach: Reach, look: Look) -> Checked {
    let facts = Facts::new(reach).with_look(input::IMAGE, look);
    let facts = if form.sends_file {
        facts.with_page_files()
    } else {
        facts
    };
    form.draft().check(&ModelSpec::wan_2_2(), &facts)
}

/// Whether the file that is to go inside the request is larger than any may be.
fn is_too_large(report: &Report) -> bool {
    let too_large = |code: &str| matches!(code, "data_bytes" | "data_pixels");
    report.errors().any(|issue| too_large(issue.code))
}

fn rules(has_address: bool, look: &Look) -> Vec<RuleCheck> {
    let spec = ModelSpec::wan_2_2();
    match spec.media_rules(input::IMAGE) {
        Some(rules) if has_address => image::check(rules, look),
        Some(_) | None => Vec::new(),
    }
}

/// How long nothing is typed before an address is looked at.
const TYPING: Duration = Duration::from_millis(400);
