//! The service, pretended: what tests of other programs speak with.
//!
//! One instance of the module is one service. JavaScript has the clock and the connections; whatever
//! is asked is answered by [`kinora_emulator`], whose jobs have their output as soon as they may.

use core::cell::RefCell;
use core::time::Duration;

use kinora::{
    Auth, BaseUrl, Body, HttpRequest, HttpResponse, Method, Object, RequestId, Value, WallTime,
};
use kinora_emulator::{Emulator, Preset, Reply, Scenario};

use crate::call::{read, told};
use crate::problem::Problem;
use crate::text::Writer;
use crate::wish;

thread_local! {
    static SERVICE: RefCell<Option<Service>> = const { RefCell::new(None) };
}

struct Service {
    emulator: Emulator,
    base: BaseUrl,
}

/// Begins the service, `{ base, scenario }`; a scenario is a preset's name or an object as
/// [`Scenario::from_value`] reads it.
pub fn start(wish: &str) -> String {
    told(|_| {
        let wish = read(wish)?;
        let base = wish.text("base").unwrap_or_default();
        let base = BaseUrl::parse(base).map_err(|problem| bad("bad_options", &problem))?;
        let scenario = match wish.get("scenario") {
            None => Preset::ALL[0].scenario(),
            Some(Value::String(name)) => preset(name)?,
            Some(members) => {
                Scenario::from_value(members).map_err(|problem| bad("bad_scenario", &problem))?
            }
        };
        let emulator = Emulator::new(scenario, base.clone());
        SERVICE.set(Some(Service { emulator, base }));
        Ok(())
    })
}

/// Answers a request, `{ method, path, headers, json, text }`: `{ status, headers, json, text }`, or
/// `{ is }` with `reset` or `silence` where there is to be no answer. `wall` is in milliseconds
/// since 1970.
pub fn answer(asked: &str, wall: f64) -> String {
    let now = WallTime::from_unix_millis(wall as u64);
    told(|to| {
        let asked = read(asked)?;
        with(|service| {
            match service.answer(&asked, now) {
                Some(Reply::Answer(response)) => tell(&response, to),
                Some(Reply::Reset) => to.text("is", "reset"),
                Some(Reply::Silence) => to.text("is", "silence"),
                None => to.int("status", METHOD_NOT_ALLOWED),
            }
            Ok(())
        })
    })
}

/// What was asked so far: `{ accepted, calls, accounts, intents }`.
pub fn counts() -> String {
    told(|to| {
        with(|service| {
            let accepted = i64::try_from(service.emulator.accepted()).unwrap_or(i64::MAX);
            to.int("accepted", accepted);
            for (name, counted) in service.emulator.counts().to_object().iter() {
                to.key(name);
                to.value(counted);
            }
            Ok(())
        })
    })
}

/// The presets: `{ presets: [{ name, meaning }] }`.
pub fn presets() -> String {
    told(|to| {
        to.key("presets");
        to.mark("[");
        for preset in Preset::ALL {
            to.mark("{");
            to.text("name", preset.name);
            to.text("meaning", preset.meaning);
            to.mark("}");
        }
        to.mark("]");
        Ok(())
    })
}

impl Service {
    fn answer(&mut self, asked: &Object, now: WallTime) -> Option<Reply> {
        let method = [Method::Get, Method::Post]
            .into_iter()
            .find(|method| asked.text("method") == Some(method.as_str()))?;
        let path = asked.text("path").unwrap_or_default();
        let request = HttpRequest {
            method,
            url: [self.base.as_str(), path].concat(),
            headers: wish::headers(asked),
            body: wish::body(asked),
            auth: Auth::None,
            timeout: Duration::ZERO,
        };
        let output = |id: &RequestId| [self.base.as_str(), OUTPUTS, id.as_str(), ".mp4"].concat();
        Some(self.emulator.answer_with(&request, now, output))
    }
}

fn with(act: impl FnOnce(&mut Service) -> Result<(), Problem>) -> Result<(), Problem> {
    SERVICE.with_borrow_mut(|service| match service {
        Some(service) => act(service),
        None => Err(Problem::bad(
            "internal",
            "The service was not started.".to_owned(),
        )),
    })
}

fn preset(name: &str) -> Result<Scenario, Problem> {
    let preset = Preset::named(name).ok_or_else(|| {
        let names: Vec<_> = Preset::ALL.iter().map(|preset| preset.name).collect();
        let message = format!(
            "There is no scenario \"{name}\"; there are {}.",
            names.join(", ")
        );
        Problem::bad("bad_scenario", message)
    })?;
    Ok(preset.scenario())
}

fn bad(code: &'static str, problem: &dyn core::fmt::Display) -> Problem {
    Problem::bad(code, problem.to_string())
}

fn tell(response: &HttpResponse, to: &mut Writer) {
    to.int("status", i64::from(response.status));
    to.key("headers");
    to.mark("{");
    for (name, value) in &response.headers {
        to.text(name, value);
    }
    to.mark("}");
    match &response.body {
        Body::Empty => {}
        Body::Json(value) => {
            to.key("json");
            to.value(value);
        }
        Body::Text(text) => to.text("text", text),
    }
}

/// Where outputs are, as `js/testing.js` serves them.
const OUTPUTS: &str = "/outputs/";
const METHOD_NOT_ALLOWED: i64 = 405;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    fn object(text: &str) -> Object {
        match text::read(text) {
            Some(Value::Object(object)) => object,
            other => panic!("no object: {other:?}"),
        }
    }

    fn call(to: impl Fn(&str) -> String, wish: &Object) -> Object {
        let mut writer = Writer::default();
        writer.object(wish);
        object(&to(&writer.finish()))
    }

    fn begin(scenario: impl Into<Value>) -> Object {
        let wish = Object::new().with("base", "https://service.test");
        call(start, &wish.with("scenario", scenario))
    }

    fn ask(method: &str, path: &str, wall: f64) -> Object {
        let headers = Object::new().with("authorization", "Bearer test");
        let input = Object::new()
            .with("prompt", "fog")
            .with("image_url", "https://example.com/a.jpg");
        let asked = Object::new()
            .with("method", method)
            .with("path", path)
            .with("headers", headers)
            .with("json", input);
        call(|asked| answer(asked, wall), &asked)
    }

    #[test]
    fn a_scenario_that_is_none_is_said_so() {
        for (scenario, word) in [
            (Value::from("no-such"), "usual"),
            (Value::Object(Object::new().with("rum", 1)), "rum"),
            (Value::Int(1), "object"),
        ] {
            let told = begin(scenario);
            let error = told
                .get("error")
                .and_then(Value::as_object)
                .expect("an error");
            assert_eq!(error.text("code"), Some("bad_scenario"));
            assert!(
                error
                    .text("message")
                    .is_some_and(|text| text.contains(word)),
                "{error:?}"
            );
        }
    }

    #[test]
    fn a_call_that_has_no_answer_says_how() {
        for (fault, wanted) in [("status=lost", "reset"), ("status=silent", "silence")] {
            let faults = Value::List(vec![Value::from(fault)]);
            begin(Value::Object(Object::new().with("faults", faults)));
            let told = ask("GET", "/v1/requests/a/status", 0.0);
            assert_eq!(told.text("is"), Some(wanted), "{told:?}");
        }
        assert_eq!(
            ask("PUT", "/v1/models", 0.0).get("status"),
            Some(&Value::Int(405))
        );
    }

    #[test]
    fn every_preset_is_named() {
        let told = object(&presets());
        let presets = told
            .get("presets")
            .and_then(Value::as_list)
            .expect("a list");
        assert_eq!(presets.len(), Preset::ALL.len());
    }
}
