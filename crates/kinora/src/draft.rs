//! A draft becomes a request by being checked, and in no other way.

use crate::image::Look;
use crate::{ModelId, ModelSpec, Object, Reach, Report, Request, Value};

mod check;
mod plain;
use check::CheckData;
pub(crate) use check::CheckField;

/// What a person has filled in so far. Anything may be missing or wrong.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    values: Object,
}

impl Draft {
    /// A draft of these values, by field name.
    pub fn new(values: Object) -> Self {
        Self { values }
    }

    /// Fills in a field.
    pub fn set(&mut self, field: &str, value: impl Into<Value>) {
        self.values.insert(field, value);
    }

    /// Empties a field.
    pub fn clear(&mut self, field: &str) {
        self.values.remove(field);
    }

    /// What stands in a field.
    pub fn value(&self, field: &str) -> Option<&Value> {
        self.values.get(field)
    }

    /// Holds the draft against the model's rules and what is known of its files.
    ///
    /// The report has everything at once, in the order of the model's fields; what the model does
    /// not name comes last. A required setting that is left out is sent with its published
    /// default, since the service insists on being told.
    ///
    /// A request comes out exactly when no issue is an error:
    ///
    /// ```
    /// use kinora::{Draft, Facts, ModelSpec, Reach};
    ///
    /// let spec = ModelSpec::wan_2_2();
    /// let mut draft = Draft::default();
    /// draft.set("prompt", "the fog lifts");
    /// let checked = draft.check(&spec, &Facts::new(Reach::Internet));
    /// assert!(checked.request.is_none());
    /// draft.set("img_url", "https://example.com/lake.jpg");
    /// let checked = draft.check(&spec, &Facts::new(Reach::Internet));
    /// assert!(checked.request.is_some());
    /// ```
    ///
    /// and nothing else makes one:
    ///
    /// ```compile_fail,E0451
    /// use kinora::{ModelId, Object, Request};
    ///
    /// let unchecked = Request { model: ModelId::WAN_2_2.clone(), input: Object::new() };
    /// ```
    pub fn check(&self, spec: &ModelSpec, facts: &Facts) -> Checked {
        let (report, input) = check::of(self, spec, facts);
        let sendable = report.errors().next().is_none();
        let request = sendable.then(|| Request::checked(spec.id().clone(), input));
        Checked { report, request }
    }

    /// The request to a model of which nothing is known, or with an input that was checked elsewhere:
    /// all fields as they are, if every JSON peer can read them.
    pub fn request_unread(&self, id: &ModelId) -> Option<Request> {
        let is_readable = |(_, value): (&str, &Value)| check::is_readable(value);
        let request = || Request::checked(id.clone(), self.values.clone());
        self.values.iter().all(is_readable).then(request)
    }
}

/// What is known beside the draft itself.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Who will fetch the files.
    pub reach: Reach,
    /// Checks `data:` URIs, where they are allowed.
    data_uris: Option<CheckData>,
    /// Checks files of the page, where they are allowed.
    page_files: Option<CheckData>,
    looks: Vec<(String, usize, Look)>,
}

impl Facts {
    /// No file looked at yet, and all of them to be fetched.
    pub fn new(reach: Reach) -> Self {
        Self {
            reach,
            data_uris: None,
            page_files: None,
            looks: Vec::new(),
        }
    }

    /// The same, with what a look at the file in `field` found.
    #[must_use]
    pub fn with_look(self, field: &str, look: Look) -> Self {
        self.with_look_at(field, 0, look)
    }

    /// The same, with what a look at one file of the list in `field` found; the first is 0.
    #[must_use]
    pub fn with_look_at(mut self, field: &str, index: usize, look: Look) -> Self {
        self.looks.push((field.to_owned(), index, look));
        self
    }

    /// The same, with files allowed to be part of the request as `data:` URIs, within the limits
    /// of [`DATA_IMAGE_BYTES`](crate::limits::DATA_IMAGE_BYTES) and its like.
    ///
    /// The service documents addresses only. RunComfy's own ComfyUI nodes do send such URIs, but
    /// which models take them is unproven, and the report says so.
    #[must_use]
    pub fn with_data_uris(mut self) -> Self {
        self.data_uris = Some(CheckData::OF_URI);
        self
    }

    /// The same, with files of the page ([`SourceUrl::PAGE_SCHEME`]) allowed, because the platform
    /// that sends the request puts each into it as a `data:` URI. The request itself, and the record
    /// of it, stay as small as their addresses.
    ///
    /// What a look found is held against the limits of [`with_data_uris`](Self::with_data_uris), and
    /// the report says what is said there.
    ///
    /// [`SourceUrl::PAGE_SCHEME`]: crate::SourceUrl::PAGE_SCHEME
    #[must_use]
    pub fn with_page_files(mut self) -> Self {
        self.page_files = Some(CheckData::OF_PAGE);
        self
    }

    /// A file that is not listed was not looked at.
    fn look(&self, field: &str, index: usize) -> &Look {
        let found = self
            .looks
            .iter()
            .rev()
            .find(|(name, at, _)| name == field && *at == index);
        found.map_or(&Look::Pending, |(_, _, look)| look)
    }
}

/// The result of a check.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// Everything that was found.
    pub report: Report,
    /// The request, unless something found is an error.
    pub request: Option<Request>,
}

#[cfg(test)]
mod tests;
