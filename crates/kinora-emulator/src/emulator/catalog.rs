//! The catalogue's calls.

use kinora::wire::catalog::{CatalogModel, CatalogQuery, answer};
use kinora::wire::code;
use kinora::{HttpResponse, ModelId};

use super::Emulator;
use super::serve::numbered;

impl Emulator {
    pub(super) fn models(&self, query: &str) -> Result<HttpResponse, HttpResponse> {
        let query = CatalogQuery::parse(query);
        let query = query.map_err(|bad| self.violation(vec![bad.to_string()]))?;
        let entries = self.entries();
        let entries: Vec<_> = entries.iter().collect();
        Ok(HttpResponse::json(200, answer::page(&entries, &query)))
    }

    pub(super) fn categories(&self) -> HttpResponse {
        let entries = self.entries();
        let entries: Vec<_> = entries.iter().collect();
        HttpResponse::json(200, answer::categories(&entries))
    }

    pub(super) fn model(&self, id: &ModelId) -> Result<HttpResponse, HttpResponse> {
        let entries = self.entries();
        let entry = entries.iter().find(|entry| entry.id == *id);
        let entry = entry.ok_or_else(|| numbered(404, code::NOT_FOUND, "Resource not found."))?;
        Ok(HttpResponse::json(200, answer::model(entry)))
    }

    fn entries(&self) -> Vec<CatalogModel> {
        let ids = self.scenario.models.iter().map(|spec| spec.id().clone());
        ids.map(CatalogModel::new).collect()
    }
}
