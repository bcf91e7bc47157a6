//! A draft becomes a request by being checked, and in no other way.

use crate::image::Look;
use crate::{ModelSpec, Object, Reach, Report, Request, Value};

mod check;

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

    /// Holds the draft against the model's rules and what is known of its images.
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
}

/// What is known beside the draft itself.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Who will fetch the images.
    pub reach: Reach,
    /// What the looks at images found, by field name. A field not listed was not looked at.
    pub looks: Vec<(String, Look)>,
}

impl Facts {
    /// No image looked at yet.
    pub fn new(reach: Reach) -> Self {
        Self {
            reach,
            looks: Vec::new(),
        }
    }

    /// The same, with what a look at the image in `field` found.
    #[must_use]
    pub fn with_look(mut self, field: &str, look: Look) -> Self {
        self.looks.push((field.to_owned(), look));
        self
    }

    fn look(&self, field: &str) -> &Look {
        let found = self.looks.iter().rev().find(|(name, _)| name == field);
        found.map_or(&Look::Pending, |(_, look)| look)
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
