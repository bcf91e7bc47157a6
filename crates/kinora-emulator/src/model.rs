//! The models that a pretended service serves.

use kinora::wire::catalog::CatalogModel;
use kinora::wire::{input, word};
use kinora::{ModelId, ModelSpec, Object, SpecProblem, Value, limits};

mod example;
mod schema;

/// A model that is served: what the catalogue says of it, and the rules its input is held against.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    entry: CatalogModel,
    spec: ModelSpec,
}

impl Model {
    /// Wan 2.2, of which the catalogue says nothing but the name.
    pub fn wan_2_2() -> Self {
        let spec = ModelSpec::wan_2_2();
        Self {
            entry: CatalogModel::new(spec.id().clone()),
            spec,
        }
    }

    /// The models of the presets: wan 2.2 as it is published, and made-up ones of other shapes.
    pub fn examples() -> Vec<Self> {
        example::all()
    }

    /// A model as a catalogue entry describes it. Its input is held against the entry's schema.
    ///
    /// # Errors
    /// When the entry has no schema.
    pub fn published(entry: CatalogModel) -> Result<Self, SpecProblem> {
        let schema = entry.input_schema.as_ref().ok_or(SpecProblem::NoFields)?;
        let spec = ModelSpec::from_schema(entry.id.clone(), schema);
        Ok(Self { entry, spec })
    }

    /// What a job of this input costs, in US dollars, when the catalogue names a price. A price for
    /// a second counts the whole seconds that the input asks for.
    pub(crate) fn cost(&self, given: &Object) -> Option<f64> {
        let seconds = given.get(input::DURATION).and_then(Value::as_int);
        let units = match self.entry.price_unit.as_deref() {
            Some(word::SECOND) => seconds.unwrap_or(limits::DURATION_SECONDS),
            _ => 1,
        };
        Some(self.entry.base_price_usd? * units as f64)
    }

    /// Its name.
    pub fn id(&self) -> &ModelId {
        self.spec.id()
    }

    /// What the catalogue says of it.
    pub fn entry(&self) -> &CatalogModel {
        &self.entry
    }

    /// What its input is held against.
    pub fn spec(&self) -> &ModelSpec {
        &self.spec
    }
}
