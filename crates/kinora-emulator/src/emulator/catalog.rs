//! The catalogue's calls.

use core::fmt;

use kinora::wire::catalog::{CatalogModel, CatalogQuery, answer};
use kinora::wire::route::Route;
use kinora::{HttpResponse, ModelId, Object};

use super::Emulator;
use crate::Model;

/// Answers the catalogue's calls. It is a part of the scenario, so that a program that serves no
/// catalogue does not carry what answers it.
#[derive(Clone, Copy)]
pub struct Catalog(Answer);

type Answer = fn(&Emulator, &Route) -> Option<Result<HttpResponse, HttpResponse>>;

impl Catalog {
    /// The catalogue of the scenario's models.
    pub const OF_MODELS: Self = Self(of_models);

    /// The answer or refusal, when the call is one of the catalogue's.
    pub(super) fn answer(
        self,
        emulator: &Emulator,
        route: &Route,
    ) -> Option<Result<HttpResponse, HttpResponse>> {
        (self.0)(emulator, route)
    }
}

/// There is but one.
impl PartialEq for Catalog {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Catalog {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Catalog")
    }
}

fn of_models(emulator: &Emulator, route: &Route) -> Option<Result<HttpResponse, HttpResponse>> {
    match route {
        Route::Models(query) => Some(models(emulator, query)),
        Route::Categories => Some(Ok(json(answer::categories(&entries(emulator))))),
        Route::Model(id) => Some(model(emulator, id)),
        Route::Submit(_) | Route::Status(_) | Route::Result(_) | Route::Cancel(_) => None,
    }
}

fn models(emulator: &Emulator, query: &str) -> Result<HttpResponse, HttpResponse> {
    let query = CatalogQuery::parse(query);
    let query = query.map_err(|bad| emulator.violation(vec![bad.to_string()]))?;
    Ok(json(answer::page(&entries(emulator), &query)))
}

fn model(emulator: &Emulator, id: &ModelId) -> Result<HttpResponse, HttpResponse> {
    let mut models = emulator.scenario.models.iter();
    let model = models.find(|model| model.id() == id);
    let model = model.ok_or_else(|| emulator.not_found())?;
    Ok(json(answer::model(model.entry())))
}

fn entries(emulator: &Emulator) -> Vec<&CatalogModel> {
    emulator.scenario.models.iter().map(Model::entry).collect()
}

fn json(body: Object) -> HttpResponse {
    HttpResponse::json(200, body)
}
