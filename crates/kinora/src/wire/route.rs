//! Paths of the service, written and read.

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
}

const MODELS: &str = "/v1/models/";
const REQUESTS: &str = "/v1/requests/";
const STATUS: &str = "status";
const RESULT: &str = "result";
const CANCEL: &str = "cancel";

/// Where jobs of a model are submitted.
pub fn submit(model: &ModelId) -> String {
    format!("{MODELS}{model}")
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

/// The call that a method and a path (without query) make, if any.
pub fn recognise(method: Method, path: &str) -> Option<Route> {
    if let Some(model) = path.strip_prefix(MODELS) {
        return (method == Method::Post).then(|| ModelId::parse(model).ok().map(Route::Submit))?;
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

fn of_request(id: &RequestId, what: &str) -> String {
    format!("{REQUESTS}{id}/{what}")
}
