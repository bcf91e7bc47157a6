//! The catalogue's calls.

use kinora::wire::catalog::{CatalogModel, CatalogQuery, answer};
use kinora::{HttpResponse, ModelId};

use super::Emulator;
use crate::Model;

impl Emulator {
    pub(super) fn models(&self, query: &str) -> Result<HttpResponse, HttpResponse> {
        let query = CatalogQuery::parse(query);
        let query = query.map_err(|bad| self.violation(vec![bad.to_string()]))?;
        Ok(HttpResponse::json(
            200,
            answer::page(&self.entries(), &query),
        ))
    }

    pub(super) fn categories(&self) -> HttpResponse {
        HttpResponse::json(200, answer::categories(&self.entries()))
    }

    pub(super) fn model(&self, id: &ModelId) -> Result<HttpResponse, HttpResponse> {
        let model = self.scenario.models.iter().find(|model| model.id() == id);
        let model = model.ok_or_else(|| self.not_found())?;
        Ok(HttpResponse::json(200, answer::model(model.entry())))
    }

    fn entries(&self) -> Vec<&CatalogModel> {
        self.scenario.models.iter().map(Model::entry).collect()
    }
}
