//! The models that a pretended service serves.

use kinora::wire::catalog::CatalogModel;
use kinora::{ModelId, ModelSpec};

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

    /// The models of the presets.
    pub fn examples() -> Vec<Self> {
        vec![Self::wan_2_2()]
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
