//! RunComfy's Model API on the wire: the only place with its paths, keys and headers.
//!
//! | call | request | answer |
//! | --- | --- | --- |
//! | [`submit`] | `POST /v1/models/{model_id}`, the input flat as JSON | [`read::submitted`] |
//! | [`status`] | `GET /v1/requests/{request_id}/status` | [`read::status`] |
//! | [`result`] | `GET /v1/requests/{request_id}/result` | [`read::result`] |
//! | [`cancel`] | `POST /v1/requests/{request_id}/cancel`, no body | [`read::cancelled`] |
//! | [`catalog`] | `GET /v1/models`, `/v1/models/categories`, `/v1/models/{model_id}` | [`catalog::read`] |
//!
//! Source: <https://docs.runcomfy.com/model-apis/async-queue-endpoints> (read 2026-11-22). A URL
//! that an answer names is never requested: paths are built from our own base and the checked id.

use core::time::Duration;

use crate::sentence::join;
use crate::{Auth, Body, Connection, HttpRequest, IntentId, Method, Request, RequestId, Value};

pub mod answer;
pub mod catalog;
mod classify;
pub mod input;
pub mod read;
pub use classify::{Accepted, accepted, classify};
mod escape;
pub mod probe;
pub mod route;
pub mod schema;

/// Keys of JSON objects.
pub mod key {
    /// A job's id.
    pub const REQUEST_ID: &str = "request_id";
    /// A job's state.
    pub const STATUS: &str = "status";
    /// Place in the queue, an integer.
    pub const QUEUE_POSITION: &str = "queue_position";
    /// What a cancel did.
    pub const OUTCOME: &str = "outcome";
    /// What a job made.
    pub const OUTPUT: &str = "output";
    /// What a job cost, in US dollars; only when asked for. Source as of [`INCLUDE_COST`].
    pub const COST: &str = "cost";
    /// Why a job went wrong.
    pub const ERROR: &str = "error";
    /// Where the status is.
    pub const STATUS_URL: &str = "status_url";
    /// Where the result is.
    pub const RESULT_URL: &str = "result_url";
    /// Where to cancel.
    pub const CANCEL_URL: &str = "cancel_url";
    /// The service's own error number.
    pub const ERROR_CODE: &str = "error_code";
    /// The service's own words for an error.
    pub const ERROR_MESSAGE: &str = "error_message";
    /// A gateway's words for an error.
    pub const MESSAGE: &str = "message";
    /// More about an error.
    pub const DETAIL: &str = "detail";
    /// The words of one item of that, where it lists violations.
    pub const MSG: &str = "msg";
    /// One video's URL.
    pub const VIDEO: &str = "video";
    /// Several videos' URLs.
    pub const VIDEOS: &str = "videos";
    /// One image's URL.
    pub const IMAGE: &str = "image";
    /// Several images' URLs.
    pub const IMAGES: &str = "images";
    /// The models of a catalogue page.
    pub const MODELS: &str = "models";
    /// How many models match, on all pages.
    pub const TOTAL: &str = "total";
    /// How many models a page holds at most; also a query parameter.
    pub const LIMIT: &str = "limit";
    /// How many models stand before a page; also a query parameter.
    pub const OFFSET: &str = "offset";
    /// Query parameter: words to look for.
    pub const SEARCH: &str = "search";
    /// Query parameter: models of this category only.
    pub const CATEGORY: &str = "category";
    /// Query parameter: whether each model comes with its input schema.
    pub const INCLUDE_SCHEMA: &str = "include_schema";
    /// What the catalogue sorts models by.
    pub const CATEGORIES: &str = "categories";
    /// What sort of thing a model is; also a query parameter.
    pub const KIND: &str = "kind";
    /// A model's id.
    pub const MODEL_ID: &str = "model_id";
    /// A model's name for people.
    pub const DISPLAY_NAME: &str = "display_name";
    /// What a model does.
    pub const DESCRIPTION: &str = "description";
    /// The price of one unit, in US dollars.
    pub const BASE_PRICE_USD: &str = "base_price_usd";
    /// What the price is for.
    pub const PRICE_UNIT: &str = "price_unit";
    /// More about the price.
    pub const PRICING_NOTE: &str = "pricing_note";
    /// A model's page.
    pub const MODEL_URL: &str = "model_url";
    /// The names of a model's inputs.
    pub const INPUTS: &str = "inputs";
    /// The names of the inputs that a model insists on.
    pub const REQUIRED_INPUTS: &str = "required_inputs";
    /// A model's inputs as a JSON Schema.
    pub const INPUT_SCHEMA: &str = "input_schema";
    /// Of a result call: whether to say what the job cost. Read in RunComfy's own ComfyUI nodes:
    /// <https://github.com/runcomfy-com/comfyui-runcomfy-partner-nodes> (read 2026-11-22).
    pub const INCLUDE_COST: &str = "include_cost";
    /// Of a relay's result files: the file's address. Ours, as [`super::route::OUTPUTS`] is.
    pub const URL: &str = "url";
    /// Of what a relay says itself: why, as a stable word. Ours.
    pub const REASON: &str = "reason";
}

/// Words that the service uses as values.
pub mod word {
    /// State: waiting.
    pub const IN_QUEUE: &str = "in_queue";
    /// State: being made.
    pub const IN_PROGRESS: &str = "in_progress";
    /// State: no longer running.
    pub const COMPLETED: &str = "completed";
    /// State of a result: went well.
    pub const SUCCEEDED: &str = "succeeded";
    /// State of a result: went wrong.
    pub const FAILED: &str = "failed";
    /// State, and outcome of a cancel: stopped.
    pub const CANCELLED: &str = "cancelled";
    /// The same, in the other spelling.
    pub const CANCELED: &str = "canceled";
    /// Outcome of a cancel that came too late.
    pub const NOT_CANCELLABLE: &str = "not_cancellable";
    /// Outcome of a cancel in the tests of RunComfy's ComfyUI nodes:
    /// <https://github.com/runcomfy-com/comfyui-runcomfy-partner-nodes> (read 2026-11-22).
    pub const CANCELLATION_REQUESTED: &str = "cancellation_requested";
    /// Kind of a catalogue entry: a model.
    pub const MODEL: &str = "model";
    /// Kind of a catalogue entry: a workflow.
    pub const WORKFLOW: &str = "workflow";
    /// Kind of a catalogue entry: plain inference.
    pub const INFERENCE: &str = "inference";
    /// Price unit: one second of a video.
    pub const SECOND: &str = "second";
    /// A relay's reason: it passes no result files on. Ours.
    pub const OUTPUTS_OFF: &str = "outputs_off";
    /// A relay's reason: it wants a secret, and was given none that it knows. Ours.
    pub const CALLER_NOT_ALLOWED: &str = "caller_not_allowed";
}

/// The service's error numbers.
/// <https://docs.runcomfy.com/model-apis/error-codes> (read 2026-11-22).
pub mod code {
    /// `InvalidResourceIdentifier`: no such model.
    pub const UNKNOWN_MODEL: i64 = 400_001;
    /// `InsufficientResources`: no balance.
    pub const NO_BALANCE: i64 = 400_002;
    /// `UserAccountError`: token missing, expired or revoked, account inactive.
    pub const BAD_ACCOUNT: i64 = 400_004;
    /// Undocumented: the result is not ready. Seen in the tests of RunComfy's Zapier app:
    /// <https://github.com/runcomfy-com/runcomfy-mcp> (read 2026-11-22).
    pub const NOT_READY: i64 = 400_005;
    /// `PermissionDeniedError`: someone else's job.
    pub const NOT_YOURS: i64 = 403_001;
    /// `ResourceNotFound`: no such job, or no longer.
    pub const NOT_FOUND: i64 = 404_001;
}

/// Header names, in lower case.
pub mod header {
    /// Carries the token as `Bearer …`. Only platforms write it.
    pub const AUTHORIZATION: &str = "authorization";
    /// What a body is.
    pub const CONTENT_TYPE: &str = "content-type";
    /// The content type of every body that is sent.
    pub const JSON: &str = "application/json";
    /// When to ask again: seconds, or a date.
    pub const RETRY_AFTER: &str = "retry-after";
    /// When to ask again, in milliseconds; some gateways add it.
    pub const RETRY_AFTER_MS: &str = "retry-after-ms";
    /// The server's own time, against which a `Retry-After` date is read.
    pub const DATE: &str = "date";
    /// Ours: the intent that a submit belongs to. Sent to Kinora's hosts only.
    pub const INTENT: &str = "kinora-intent";
    /// Ours: `no` on an answer that proves that nothing was accepted.
    pub const ACCEPTED: &str = "kinora-accepted";
}

/// How long a submit may take in which no file is sent: accounts and models are looked up.
pub const SUBMIT_TIMEOUT: Duration = Duration::from_secs(60);

/// How long any other call may take.
pub const ASK_TIMEOUT: Duration = Duration::from_secs(30);

/// How long so many bytes may be on their way to a service by a line that is slow: nobody should have
/// to ask whether they arrived because of that.
pub const fn upload_time(bytes: usize) -> Duration {
    Duration::from_millis((bytes / SLOWEST) as u64)
}

/// Bytes a millisecond: half a megabit a second.
const SLOWEST: usize = 60;

/// The call that starts a job, and may cost money.
pub fn submit(connection: &Connection, request: &Request, intent: &IntentId) -> HttpRequest {
    let mut headers = vec![(header::CONTENT_TYPE.to_owned(), header::JSON.to_owned())];
    if let Some(intent) = connection.intent_header(intent) {
        headers.push((header::INTENT.to_owned(), intent));
    }
    HttpRequest {
        method: Method::Post,
        url: join(&[connection.base().as_str(), &route::submit(request.model())]),
        headers,
        body: Body::Json(Value::Object(request.input().clone())),
        auth: Auth::Base,
        timeout: SUBMIT_TIMEOUT,
    }
}

/// The call that asks where a job stands.
pub fn status(connection: &Connection, id: &RequestId) -> HttpRequest {
    ask(connection, Method::Get, &route::status(id))
}

/// The call that asks what a job made.
pub fn result(connection: &Connection, id: &RequestId) -> HttpRequest {
    ask(connection, Method::Get, &route::result(id))
}

/// The call that asks to stop a job that is still in the queue.
pub fn cancel(connection: &Connection, id: &RequestId) -> HttpRequest {
    ask(connection, Method::Post, &route::cancel(id))
}

fn ask(connection: &Connection, method: Method, path: &str) -> HttpRequest {
    HttpRequest {
        method,
        url: join(&[connection.base().as_str(), path]),
        headers: Vec::new(),
        body: Body::Empty,
        auth: Auth::Base,
        timeout: ASK_TIMEOUT,
    }
}

#[cfg(test)]
mod tests;
