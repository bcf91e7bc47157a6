//! A request that may be sent.

use crate::{Draft, ModelId, Object};

/// A checked request. Only [`Draft::check`] makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    model: ModelId,
    input: Object,
}

impl Request {
    pub(crate) fn checked(model: ModelId, input: Object) -> Self {
        Self { model, input }
    }

    /// The model that is asked.
    pub fn model(&self) -> &ModelId {
        &self.model
    }

    /// What it is given, by field name in published order.
    pub fn input(&self) -> &Object {
        &self.input
    }
}

/// A typed way to fill in a draft for wan 2.2.
#[derive(Clone, Debug)]
pub struct Wan22 {
    draft: Draft,
}

impl Wan22 {
    /// A video of this image, moved as the prompt says.
    pub fn new(prompt: &str, image_url: &str) -> Self {
        let mut draft = Draft::default();
        draft.set("prompt", prompt);
        draft.set("img_url", image_url);
        Self { draft }
    }

    /// What must not be seen.
    #[must_use]
    pub fn negative_prompt(mut self, text: &str) -> Self {
        self.draft.set("negative_prompt", text);
        self
    }

    /// An effect that replaces the prompt: `squish`, `flying`, `carousel` or another.
    #[must_use]
    pub fn template(mut self, name: &str) -> Self {
        self.draft.set("template", name);
        self
    }

    /// `480P` or `1080P`.
    #[must_use]
    pub fn resolution(mut self, name: &str) -> Self {
        self.draft.set("resolution", name);
        self
    }

    /// Whether the service may reword the prompt.
    #[must_use]
    pub fn prompt_extend(mut self, wanted: bool) -> Self {
        self.draft.set("prompt_extend", wanted);
        self
    }

    /// The same seed and input make the same video.
    #[must_use]
    pub fn seed(mut self, seed: i64) -> Self {
        self.draft.set("seed", seed);
        self
    }

    /// The draft, to be checked.
    pub fn draft(self) -> Draft {
        self.draft
    }
}

#[cfg(test)]
impl Request {
    /// A request that may be sent, and where to, for tests that do not care which.
    pub(crate) fn sample(host: crate::HostKind) -> (Self, crate::Connection) {
        let draft = Wan22::new("fog", "https://example.com/a.png").draft();
        let checked = draft.check(
            &crate::ModelSpec::wan_2_2(),
            &crate::Facts::new(crate::Reach::Internet),
        );
        let base = crate::BaseUrl::parse("https://api.example").expect("a base");
        (
            checked.request.expect("it may be sent"),
            crate::Connection::new(base, host),
        )
    }
}
