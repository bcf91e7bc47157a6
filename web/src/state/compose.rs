//! The form, and what is known of its image.

use kinora::image::{self, Look, RuleCheck};
use kinora::{Connection, Draft, Facts, FieldKind, Issue, ModelSpec, Reach, Report, Severity};
use leptos::prelude::*;

use super::Template;

/// What is being composed.
#[derive(Clone, Copy)]
pub(crate) struct Compose {
    /// The prompt.
    pub(crate) prompt: RwSignal<String>,
    /// What must not be seen.
    pub(crate) negative_prompt: RwSignal<String>,
    /// The effect.
    pub(crate) template: RwSignal<Template>,
    /// `480P` or `1080P`.
    pub(crate) resolution: RwSignal<&'static str>,
    /// The seed as it was typed; empty for a random one.
    pub(crate) seed: RwSignal<String>,
    /// Magic prompt: whether the service may reword the prompt.
    pub(crate) prompt_extend: RwSignal<bool>,
    /// The image's address as it was typed; `kinora-page:…` for a picked, dropped or pasted
    /// file. Use [`Compose::shown_source`] for the text field.
    pub(crate) source: RwSignal<String>,
    /// Everything that stands against the draft.
    pub(crate) report: Signal<Report>,
    /// How each rule for the image came out; empty while there is no image.
    pub(crate) rules: Signal<Vec<RuleCheck>>,
    /// The picture, once it was seen.
    pub(crate) picture: Signal<Option<PictureView>>,
    /// Whether the image is being looked at.
    pub(crate) looking: Signal<bool>,
    spec: StoredValue<ModelSpec>,
    look: RwSignal<Look>,
    set_picture: WriteSignal<Option<PictureView>>,
    tried: RwSignal<bool>,
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
}

/// A message at a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    /// What it means for sending.
    pub(crate) severity: Severity,
    /// What, why and what next.
    pub(crate) message: String,
    /// Text that would do instead; hand it to [`Compose::take_offer`].
    pub(crate) offer: Option<String>,
}

impl Compose {
    pub(super) fn new(connection: Signal<Option<Connection>>) -> Self {
        let spec = ModelSpec::wan_2_2();
        let look = RwSignal::new(Look::Pending);
        let source = RwSignal::new(String::new());
        let prompt = RwSignal::new(String::new());
        let (picture, set_picture) = signal(None);
        let report = Memo::new({
            let spec = spec.clone();
            move |_| {
                let reach = connection
                    .read()
                    .as_ref()
                    .map_or(Reach::Page, Connection::reach);
                let mut draft = Draft::default();
                draft.set("prompt", prompt.get());
                draft.set("img_url", source.get());
                let facts = Facts::new(reach).with_look("img_url", look.get());
                draft.check(&spec, &facts).report
            }
        });
        let rules = Memo::new({
            let rules = spec.image_rules("img_url").cloned();
            move |_| match &rules {
                Some(rules) if !source.read().is_empty() => image::check(rules, &look.read()),
                _ => Vec::new(),
            }
        });
        Self {
            prompt,
            negative_prompt: RwSignal::new(String::new()),
            template: RwSignal::new(Template::None),
            resolution: RwSignal::new("480P"),
            seed: RwSignal::new(String::new()),
            prompt_extend: RwSignal::new(true),
            source,
            report: report.into(),
            rules: rules.into(),
            picture: picture.into(),
            looking: Signal::derive(move || {
                !source.read().is_empty() && *look.read() == Look::Pending
            }),
            spec: StoredValue::new(spec),
            look,
            set_picture,
            tried: RwSignal::new(false),
        }
    }

    /// The messages at a field, by its key in the request. That there is no image yet is only
    /// said once *Generate* was pressed.
    pub(crate) fn notices(self, field: &'static str) -> Signal<Vec<Notice>> {
        let notices = Memo::new(move |_| {
            let report = self.report.read();
            let shown = report
                .of(field)
                .filter(|issue| issue.code != "image_missing" || self.tried.get());
            shown.map(Notice::of).collect::<Vec<_>>()
        });
        notices.into()
    }

    /// Characters used in a text field.
    pub(crate) fn used(self, field: &'static str) -> Signal<usize> {
        let text = match field {
            "negative_prompt" => self.negative_prompt,
            _ => self.prompt,
        };
        Signal::derive(move || text.read().chars().count())
    }

    /// The most characters that a text field may have.
    pub(crate) fn most(self, field: &'static str) -> usize {
        self.spec
            .with_value(|spec| match spec.field(field).map(|field| &field.kind) {
                Some(FieldKind::Text { most: Some(most) }) => *most,
                _ => usize::MAX,
            })
    }

    /// The effects that the model's page names.
    pub(crate) fn templates(self) -> &'static [&'static str] {
        self.spec.with_value(
            |spec| match spec.field("template").map(|field| &field.kind) {
                Some(FieldKind::Suggested(names)) => *names,
                _ => &[],
            },
        )
    }

    /// The resolutions to choose from.
    pub(crate) fn resolutions(self) -> &'static [&'static str] {
        &["480P", "1080P"]
    }

    /// What the address field shows: nothing for a file.
    pub(crate) fn shown_source(self) -> Signal<String> {
        Signal::derive(move || {
            let source = self.source.get();
            if source.starts_with("kinora-page:") {
                String::new()
            } else {
                source
            }
        })
    }

    /// The name of the picked, dropped or pasted file, when the image is one.
    pub(crate) fn file_name(self) -> Signal<Option<String>> {
        Signal::derive(|| None)
    }

    /// The bundled still that is the image now, by its place in [`STILLS`](super::STILLS).
    pub(crate) fn chosen_still(self) -> Signal<Option<usize>> {
        Signal::derive(move || {
            let source = self.source.read();
            super::STILLS
                .iter()
                .position(|still| source.ends_with(still.file))
        })
    }

    /// Takes a bundled still, with its prompt when none was written.
    pub(crate) fn choose_still(self, index: usize) {
        let Some(still) = super::STILLS.get(index) else {
            return;
        };
        self.source.set(still.file.to_owned());
        if self.prompt.read_untracked().is_empty() {
            self.prompt.set(still.prompt.to_owned());
        }
    }

    /// Takes a picked, dropped or pasted file.
    pub(crate) fn pick_file(self, _file: web_sys::File) {
        self.look.set(Look::Pending);
    }

    /// Removes the image.
    pub(crate) fn remove_image(self) {
        self.source.set(String::new());
        self.look.set(Look::Pending);
        self.set_picture.set(None);
    }

    /// Takes the address that a notice offers.
    pub(crate) fn take_offer(self, offer: String) {
        self.source.set(offer);
    }

    /// Puts a random seed.
    pub(crate) fn roll_seed(self) {
        self.seed.set("7".to_owned());
    }
}

impl Notice {
    fn of(issue: &Issue) -> Self {
        Self {
            severity: issue.severity,
            message: issue.message.clone(),
            offer: issue.offer.clone(),
        }
    }
}
