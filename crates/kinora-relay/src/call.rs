//! The calls that exist: the seven of the Model API, result files, and a greeting.

use kinora::wire::catalog::CatalogQuery;
use kinora::wire::key;
use kinora::wire::route::{self, Route};
use kinora::{Method, ModelId, RequestId};

use crate::{Reason, query};

/// A call, with checked ids.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Call {
    /// One of the service's.
    Service(Route),
    /// A result file, by the query that names it.
    Output(String),
    /// What the relay is to the caller.
    Greeting,
}

impl Call {
    /// The call that a method, a path and a query make.
    pub(crate) fn recognise(method: &str, target: &str) -> Result<Self, Reason> {
        let method = match method {
            "GET" => Method::Get,
            "POST" => Method::Post,
            _ => return Err(Reason::WrongMethod),
        };
        if let Some(call) = Self::find(method, target) {
            return Ok(call);
        }
        let other = match method {
            Method::Get => Method::Post,
            Method::Post => Method::Get,
        };
        Err(match Self::find(other, target) {
            Some(_) => Reason::WrongMethod,
            None if route::names_something(target) => Reason::BadId,
            None => Reason::NoSuchCall,
        })
    }

    fn find(method: Method, target: &str) -> Option<Self> {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        if method == Method::Get && path == route::OUTPUTS {
            return Some(Self::Output(query.to_owned()));
        }
        if method == Method::Get && path == route::RELAY {
            return Some(Self::Greeting);
        }
        route::recognise(method, target).map(Self::Service)
    }

    /// The name that a log has for it.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Service(Route::Submit(_)) => "submit",
            Self::Service(Route::Status(_)) => "status",
            Self::Service(Route::Result(_)) => "result",
            Self::Service(Route::Cancel(_)) => "cancel",
            Self::Service(Route::Models(_)) => "models",
            Self::Service(Route::Categories) => "categories",
            Self::Service(Route::Model(_)) => "model",
            Self::Output(_) => "output",
            Self::Greeting => "greeting",
        }
    }

    /// The model that it is about.
    pub(crate) const fn model(&self) -> Option<&ModelId> {
        match self {
            Self::Service(Route::Submit(model) | Route::Model(model)) => Some(model),
            Self::Service(_) | Self::Output(_) | Self::Greeting => None,
        }
    }

    /// The job that it is about, when it is about one that exists.
    pub(crate) const fn request_id(&self) -> Option<&RequestId> {
        match self {
            Self::Service(Route::Status(id) | Route::Result(id) | Route::Cancel(id)) => Some(id),
            Self::Service(_) | Self::Output(_) | Self::Greeting => None,
        }
    }

    /// Whether it starts a job.
    pub(crate) const fn is_submit(&self) -> bool {
        matches!(self, Self::Service(Route::Submit(_)))
    }

    /// The method it has at the service.
    pub(crate) const fn method(&self) -> Method {
        match self {
            Self::Service(Route::Submit(_) | Route::Cancel(_)) => Method::Post,
            Self::Service(_) | Self::Output(_) | Self::Greeting => Method::Get,
        }
    }

    /// Its path at the service, written anew from checked parts, with what may pass of its query. What
    /// does not go there has none.
    pub(crate) fn path(&self, query: &str, with_cost: bool) -> Result<String, Reason> {
        Ok(match self {
            Self::Service(Route::Submit(model) | Route::Model(model)) => route::submit(model),
            Self::Service(Route::Status(id)) => route::status(id),
            Self::Service(Route::Result(id)) if with_cost && asks_for_cost(query)? => {
                format!("{}?{}=true", route::result(id), key::INCLUDE_COST)
            }
            Self::Service(Route::Result(id)) => route::result(id),
            Self::Service(Route::Cancel(id)) => route::cancel(id),
            Self::Service(Route::Models(query)) => {
                let query = CatalogQuery::parse(query).map_err(|_| Reason::BadQuery)?;
                let words = [query.search.as_ref(), query.category.as_ref()];
                if words
                    .into_iter()
                    .flatten()
                    .any(|words| words.len() > WORDS_BYTES)
                {
                    return Err(Reason::BadQuery);
                }
                route::models(&query)
            }
            Self::Service(Route::Categories) => route::categories(),
            Self::Output(_) | Self::Greeting => String::new(),
        })
    }
}

fn asks_for_cost(query: &str) -> Result<bool, Reason> {
    let given = query::read(query).ok_or(Reason::BadQuery)?;
    Ok(given
        .iter()
        .any(|(name, value)| name == key::INCLUDE_COST && value == "true"))
}

/// The address of a result file that [`Call::Output`] names, the only parameter there.
pub(crate) fn output_address(text: &str) -> Result<String, Reason> {
    match query::read(text).ok_or(Reason::BadQuery)?.as_slice() {
        [(name, address)] if name == key::URL => Ok(address.clone()),
        _ => Err(Reason::BadQuery),
    }
}

/// Most bytes of what is searched for.
const WORDS_BYTES: usize = 400;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(method: &str, path: &str, wanted: Result<(&str, &str), Reason>) {
        let call = Call::recognise(method, path);
        let (name, path_of_it) = match &call {
            Ok(call) => (call.name(), call.path("", false).unwrap()),
            Err(reason) => return assert_eq!(Err(*reason), wanted, "{method} {path}"),
        };
        assert_eq!(Ok((name, path_of_it.as_str())), wanted, "{method} {path}");
    }

    #[test]
    fn the_seven_calls_and_ours_are_known() {
        let model = "/v1/models/wan-ai/wan-2-2/image-to-video";
        check("POST", model, Ok(("submit", model)));
        check("GET", model, Ok(("model", model)));
        check("GET", "/v1/models", Ok(("models", "/v1/models")));
        check(
            "GET",
            "/v1/models?limit=5",
            Ok(("models", "/v1/models?limit=5")),
        );
        check(
            "GET",
            "/v1/models/categories",
            Ok(("categories", "/v1/models/categories")),
        );
        for (method, what) in [("GET", "status"), ("GET", "result"), ("POST", "cancel")] {
            let path = format!("/v1/requests/abc-1/{what}");
            check(method, &path, Ok((what, &path)));
        }
        check("GET", "/v1/outputs", Ok(("output", "")));
        check("GET", "/v1/relay", Ok(("greeting", "")));
    }

    #[test]
    fn nothing_else_is() {
        for (method, path, reason) in [
            ("DELETE", "/v1/models", Reason::WrongMethod),
            ("get", "/v1/models", Reason::WrongMethod),
            ("POST", "/v1/models", Reason::WrongMethod),
            ("POST", "/v1/requests/a/status", Reason::WrongMethod),
            ("GET", "/v1/requests/a/cancel", Reason::WrongMethod),
            ("POST", "/v1/outputs", Reason::WrongMethod),
            ("POST", "/v1/relay", Reason::WrongMethod),
            ("GET", "/v1/relay/", Reason::NoSuchCall),
            ("POST", "/v1/models/a/../b", Reason::BadId),
            ("POST", "/v1/models/a/%2e%2e/b", Reason::BadId),
            ("GET", "/v1/requests/a/b/status", Reason::BadId),
            ("GET", "/v1/requests//status", Reason::BadId),
            ("GET", "/v1/requests/a%2fb/status", Reason::BadId),
            ("GET", "/v1/requests/a/logs", Reason::BadId),
            ("GET", "/", Reason::NoSuchCall),
            ("GET", "/v2/models", Reason::NoSuchCall),
            ("GET", "/prod/v2/balance", Reason::NoSuchCall),
            ("GET", "//evil.com/v1/models", Reason::NoSuchCall),
            ("GET", "/v1/modelsx", Reason::NoSuchCall),
            ("GET", "*", Reason::NoSuchCall),
        ] {
            check(method, path, Err(reason));
        }
    }

    #[test]
    fn a_query_is_written_anew_from_what_may_pass() {
        let path = |path: &str, with_cost| {
            let (_, query) = path.split_once('?').unwrap();
            Call::recognise("GET", path).unwrap().path(query, with_cost)
        };
        let result = "/v1/requests/a/result";
        let asked = format!("{result}?include_cost=true");
        assert_eq!(path(&asked, true), Ok(asked.clone()));
        assert_eq!(path(&asked, false), Ok(result.to_owned()));
        assert_eq!(path(&format!("{asked}&token=x"), true), Ok(asked));
        assert_eq!(
            path(&format!("{result}?include_cost=%"), true),
            Err(Reason::BadQuery)
        );
        assert_eq!(
            path("/v1/requests/a/status?x=1", true),
            Ok("/v1/requests/a/status".to_owned())
        );
        let all =
            "/v1/models?search=a%20b&category=x&kind=model&include_schema=true&limit=5&offset=2";
        assert_eq!(path(all, false), Ok(all.to_owned()));
        let odd = "/v1/models?search=a%26token%3Dx&token=x";
        assert_eq!(
            path(odd, false),
            Ok("/v1/models?search=a%26token%3Dx".to_owned())
        );
        for bad in [
            "limit=-1",
            "limit=",
            "limit=1234567890",
            "include_schema=yes",
            "search=%",
        ] {
            assert_eq!(
                path(&format!("/v1/models?{bad}"), true),
                Err(Reason::BadQuery),
                "{bad}"
            );
        }
        let long = format!("/v1/models?search={}", "a".repeat(401));
        assert_eq!(path(&long, true), Err(Reason::BadQuery));
    }

    #[test]
    fn a_result_file_is_named_once_and_alone() {
        assert_eq!(
            output_address("url=https%3A%2F%2Fa%2Fb"),
            Ok("https://a/b".to_owned())
        );
        for bad in ["", "x=1", "url=a&url=b", "url=a&x=1", "url=%zz"] {
            assert_eq!(output_address(bad), Err(Reason::BadQuery), "{bad}");
        }
    }
}
