//! The form, and what is known of its image.

use core::time::Duration;

use kinora::image::{self, Look, RuleCheck};
use kinora::wire::input;
use kinora::{Checked, Connection, Facts, FieldKind, ModelSpec, Reach, Severity, SourceUrl};
use leptos::task::spawn_local;

use super::batch::Batch;
use super::fields::{Fields, RESOLUTIONS};
use super::form::{Form, templates};
use super::image::ImageLook;
use super::keep::Kept;
use super::mend::Mend;
use super::{Notice, STILLS, Still, Template, Watched, whenever};

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
    /// How each rule for the image came out; empty while there is no image.
    pub(crate) rules: Watched<Vec<RuleCheck>>,
    /// The picture, once it was seen.
    pub(crate) picture: Watched<Option<PictureView>>,
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
        let has_address =
            Watched::of(move || SourceUrl::parse(&form.source.read(), reach.get()).is_ok());
        let look = image.look();
        let rules = Watched::of(move || rules(has_address.get(), &look.read()));
        Self {
            prompt: form.prompt,
            negative_prompt: form.negative_prompt,
            template: form.template,
            resolution: form.resolution,
            seed: form.seed,
            prompt_extend: form.prompt_extend,
            source: form.source,
            rules,
            mend: Mend::new(image, rules, form.source, form.file_name, kept),
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

    /// What the address field shows: nothing for a file.
    pub(crate) fn shown_source(self) -> Watched<String> {
        Watched::of(move || {
            let source = self.source.get();
            if is_file(&source) {
                String::new()
            } else {
                source
            }
        })
    }

    /// The name of the picked, dropped or pasted file, when the image is one.
    pub(crate) fn file_name(self) -> Watched<Option<String>> {
        Watched::of(move || {
            let name = self.fields.file_name.get();
            name.filter(|_| is_file(&self.source.read()))
        })
    }

    /// The bundled still that is the image now, by its place in [`STILLS`].
    pub(crate) fn chosen_still(self) -> Watched<Option<usize>> {
        Watched::of(move || Still::at(&self.source.read()))
    }

    /// Takes a bundled still, with its prompt when none of the person's own was written.
    pub(crate) fn choose_still(self, index: usize) {
        let Some(still) = STILLS.get(index) else {
            return;
        };
        let is_ours = |prompt: &str| STILLS.iter().any(|still| still.prompt == prompt);
        let prompt = self.prompt.get_untracked();
        if prompt.trim().is_empty() || is_ours(&prompt) {
            self.prompt.set(still.prompt.to_owned());
        }
        self.source.set(absolute(still.file));
    }

    /// Takes a picked, dropped or pasted file. It is kept, so that a reload does not lose it.
    pub(crate) fn pick_file(self, file: web_sys::File) {
        self.not_taken.set(None);
        spawn_local(async move {
            match self.kept.keep_picture(&file).await {
                Ok(id) => {
                    self.fields.file_name.set(Some(file.name()));
                    self.source.set([SourceUrl::PAGE_SCHEME, ":", &id].concat());
                }
                Err(error) => self.not_taken.set(Some(error.to_string())),
            }
        });
    }

    /// Takes picked or dropped files: one for the form, many to be checked.
    pub(crate) fn take_files(self, mut files: Vec<web_sys::File>) {
        if files.len() > 1 {
            self.batch.check_files(files);
        } else if let Some(file) = files.pop() {
            self.pick_file(file);
        }
    }

    /// Who fetches the images.
    pub(crate) fn reach(self) -> Reach {
        self.reach.get_untracked()
    }

    /// Removes the image.
    pub(crate) fn remove_image(self) {
        self.source.set(String::new());
    }

    /// Takes the address that a notice offers.
    pub(crate) fn take_offer(self, offer: String) {
        self.source.set(offer);
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
                && !is_file(&address);
            let patience = if typed { TYPING } else { Duration::ZERO };
            self.not_taken.set(None);
            self.image.at(&address, self.reach.get(), &store, patience);
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

fn is_under_way(look: &Look) -> bool {
    matches!(look, Look::Pending | Look::Partly(_))
}

fn check(form: &Form, reach: Reach, look: Look) -> Checked {
    let facts = Facts::new(reach).with_look(input::IMAGE, look);
    form.draft().check(&ModelSpec::wan_2_2(), &facts)
}

fn rules(has_address: bool, look: &Look) -> Vec<RuleCheck> {
    let spec = ModelSpec::wan_2_2();
    match spec.media_rules(input::IMAGE) {
        Some(rules) if has_address => image::check(rules, look),
        Some(_) | None => Vec::new(),
    }
}

/// Whether an address is that of a picked, dropped or pasted file.
fn is_file(address: &str) -> bool {
    let rest = address.strip_prefix(SourceUrl::PAGE_SCHEME);
    rest.is_some_and(|rest| rest.starts_with(':'))
}

/// The whole address of a file that belongs to the page.
pub(super) fn absolute(path: &str) -> String {
    let document = web_sys::window().and_then(|window| window.document());
    let base = document.and_then(|document| document.base_uri().ok().flatten());
    let base = base.unwrap_or_default();
    let end = base.find(['?', '#']).unwrap_or(base.len());
    let folder = base[..end].rfind('/').map_or("", |slash| &base[..=slash]);
    [folder, path].concat()
}

/// How long nothing is typed before an address is looked at.
const TYPING: Duration = Duration::from_millis(400);
