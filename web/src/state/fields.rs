//! The signals that make up a form.

use kinora::{ModelSpec, Resolution};

use super::form::Form;
use super::{Template, Watched};

/// One signal for each part of a [`Form`].
#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub(super) prompt: Watched<String>,
    pub(super) negative_prompt: Watched<String>,
    pub(super) template: Watched<Template>,
    pub(super) resolution: Watched<&'static str>,
    pub(super) seed: Watched<String>,
    pub(super) prompt_extend: Watched<bool>,
    pub(super) source: Watched<String>,
    pub(super) file_name: Watched<Option<String>>,
    pub(super) sends_file: Watched<bool>,
}

impl Fields {
    pub(super) fn new() -> Self {
        let text = || Watched::new(String::new());
        Self {
            prompt: text(),
            negative_prompt: text(),
            template: Watched::new(Template::None),
            resolution: Watched::new(RESOLUTIONS[0]),
            seed: text(),
            prompt_extend: Watched::new(true),
            source: text(),
            file_name: Watched::new(None),
            sends_file: Watched::new(false),
        }
    }

    /// Fills in all fields.
    pub(super) fn fill(self, form: Form) {
        self.prompt.set(form.prompt);
        self.negative_prompt.set(form.negative_prompt);
        self.template
            .set(Template::of(form.template, &ModelSpec::wan_2_2()));
        let known = RESOLUTIONS
            .into_iter()
            .find(|name| *name == form.resolution);
        self.resolution.set(known.unwrap_or(RESOLUTIONS[0]));
        self.seed.set(form.seed);
        self.prompt_extend.set(form.prompt_extend);
        self.file_name.set(form.file_name);
        self.sends_file.set(form.sends_file);
        self.source.set(form.source);
    }

    /// All fields as a value; tracked.
    pub(super) fn read(self) -> Form {
        Form {
            prompt: self.prompt.get(),
            negative_prompt: self.negative_prompt.get(),
            template: self.template.read().name(),
            resolution: self.resolution.get().to_owned(),
            seed: self.seed.get(),
            prompt_extend: self.prompt_extend.get(),
            source: self.source.get(),
            file_name: self.file_name.get(),
            sends_file: self.sends_file.get(),
        }
    }
}

/// What `resolution` may be, the default first.
pub(super) const RESOLUTIONS: [&str; 2] = [Resolution::P480.as_str(), Resolution::P1080.as_str()];

#[cfg(test)]
mod tests {
    use leptos::prelude::Owner;

    use super::*;

    #[test]
    fn a_form_comes_out_as_it_went_in() {
        let owner = Owner::new();
        owner.with(|| {
            let fields = Fields::new();
            fields.fill(Form::sample());
            assert_eq!(fields.read(), Form::sample());
        });
    }

    #[test]
    fn a_resolution_that_is_gone_becomes_the_default() {
        let owner = Owner::new();
        owner.with(|| {
            let fields = Fields::new();
            fields.fill(Form {
                resolution: "720P".to_owned(),
                ..Form::default()
            });
            assert_eq!(fields.resolution.get_untracked(), "480P");
        });
    }
}
