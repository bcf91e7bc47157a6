//! Paths of the service, written and read.

use super::{catalog::CatalogQuery, key};
use crate::sentence::join;
use crate::{Method, ModelId, RequestId};

/// One call of the service, recognised by its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Start a job.
    Submit(ModelId),
    /// Where does it stand?
    Status(RequestId),
    /// What did it make?
    Result(RequestId),
    /// Stop it.
    Cancel(RequestId),
    /// Which models are there? With the query as it came; [`CatalogQuery::parse`] reads it.
    Models(String),
    /// Which categories of models are there?
    Categories,
    /// What is this model?
    Model(ModelId),
}

/// Where Kinora's relays pass result files on. Ours: the service has no such call.
pub const OUTPUTS: &str = "/v1/outputs";

/// Where Kinora's relays say what they are to a caller. Ours: the service has no such call.
pub const RELAY: &str = "/v1/relay";

const MODELS: &str = "/v1/models";
const REQUESTS: &str = "/v1/requests/";
const STATUS: &str = "status";
const RESULT: &str = "result";
const CANCEL: &str = "cancel";

/// Where jobs of a model are submitted, and where the model itself is.
pub fn submit(model: &ModelId) -> String {
    join(&[MODELS, "/", model.as_str()])
}

/// Where a job's state is.
pub fn status(id: &RequestId) -> String {
    of_request(id, STATUS)
}

/// Where a job's result is.
pub fn result(id: &RequestId) -> String {
    of_request(id, RESULT)
}

/// Where a job is cancelled.
pub fn cancel(id: &RequestId) -> String {
    of_request(id, CANCEL)
}

/// Where the models are that a query asks for.
pub fn models(query: &CatalogQuery) -> String {
    let query = query.sentence();
    let joint = if query.is_empty() { "" } else { "?" };
    join(&[MODELS, joint, &query])
}

/// Where the catalogue's categories are.
pub fn categories() -> String {
    join(&[MODELS, "/", key::CATEGORIES])
}

/// Where a relay passes the result file at this address on.
pub fn output(address: &str) -> String {
    join(&[OUTPUTS, "?", key::URL, "=", &super::escape::escape(address)])
}

/// The call that a method and a path make, if any. Only [`Route::Models`] heeds a query.
pub fn recognise(method: Method, path: &str) -> Option<Route> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    if let Some(rest) = path.strip_prefix(MODELS) {
        return of_models(method, rest, query);
    }
    let (id, what) = path.strip_prefix(REQUESTS)?.split_once('/')?;
    let id = RequestId::parse(id).ok()?;
    match (method, what) {
        (Method::Get, STATUS) => Some(Route::Status(id)),
        (Method::Get, RESULT) => Some(Route::Result(id)),
        (Method::Post, CANCEL) => Some(Route::Cancel(id)),
        (Method::Get | Method::Post, _) => None,
    }
}

/// Whether a path begins as those of calls do that name a model or a job, whatever follows.
pub fn names_something(path: &str) -> bool {
    let of_model = path.strip_prefix(MODELS);
    path.starts_with(REQUESTS) || of_model.is_some_and(|rest| rest.starts_with('/'))
}

/// Whether a path's query asks for a result's cost.
pub fn wants_cost(path: &str) -> bool {
    let query = path.split_once('?').map_or("", |(_, query)| query);
    query
        .split('&')
        .any(|pair| pair.split_once('=') == Some((key::INCLUDE_COST, "true")))
}

fn of_models(method: Method, rest: &str, query: &str) -> Option<Route> {
    if method == Method::Get && rest.is_empty() {
        return Some(Route::Models(query.to_owned()));
    }
    let name = rest.strip_prefix('/')?;
    if method == Method::Get && name == key::CATEGORIES {
        return Some(Route::Categories);
    }
    let model = ModelId::parse(name).ok()?;
    Some(match method {
        Method::Get => Route::Model(model),
        Method::Post => Route::Submit(model),
    })
}

fn of_request(id: &RequestId, what: &str) -> String {
    join(&[REQUESTS, id.as_str(), "/", what])
}
