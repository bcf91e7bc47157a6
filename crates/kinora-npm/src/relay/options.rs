//! The options of a relay, as its owner writes them in JavaScript. Their names are those of
//! `kinora serve`'s file, in JavaScript's way of writing names.

use core::net::IpAddr;
use core::time::Duration;

use kinora::{BaseUrl, Object, Value};
use kinora_relay::{
    BadSecret, Budgets, Callers, Limits, ModelPattern, OriginRule, OutputHosts, Policy, Secret,
};

use crate::problem::Problem;

/// Options that were found good.
#[derive(Debug)]
pub(super) struct Begun {
    pub(super) policy: Policy,
    pub(super) token: Secret,
    pub(super) proxies: Vec<IpAddr>,
}

/// Reads options.
///
/// # Errors
/// For the first that is wrong: its name, what is wrong, and what to write.
pub(super) fn read(options: &Object) -> Result<Begun, Problem> {
    only("", options, &KNOWN)?;
    let service = match options.get("service") {
        None => BaseUrl::parse(BaseUrl::RUNCOMFY).map_err(|bad| wrong("service", bad))?,
        Some(_) => base(options, "service")?,
    };
    let table = |name: &'static str| match options.get(name) {
        None => Ok(Object::new()),
        Some(Value::Object(table)) => Ok(table.clone()),
        Some(_) => Err(wrong(name, "It must be an object of numbers.")),
    };
    let outputs = truth(options, "outputs")?;
    let policy = Policy {
        origins: all(options, "origins", OriginRule::parse)?,
        callers: callers(options)?,
        models: all(options, "models", ModelPattern::parse)?,
        budgets: budgets(&table("budgets")?)?,
        limits: limits(&table("limits")?)?,
        include_cost: truth(options, "includeCost")?,
        outputs: outputs.then(|| OutputHosts::of(&service)),
        ..Policy::closed(service, base(options, "public")?)
    };
    Ok(Begun {
        policy,
        token: Secret::parse(options.text("token").unwrap_or_default()).map_err(bad_token)?,
        proxies: all(options, "proxies", |text| {
            text.parse().map_err(|_| NO_ADDRESS)
        })?,
    })
}

/// A token that cannot be one.
pub(super) fn bad_token(bad: BadSecret) -> Problem {
    Problem::bad(
        "bad_token",
        format!("`token`: {bad} It is RunComfy's, from the environment, such as RUNCOMFY_TOKEN."),
    )
}

fn callers(options: &Object) -> Result<Callers, Problem> {
    let word = match options.get("callers") {
        None => None,
        Some(Value::String(word)) if word == "anybody" => Some(Callers::Anybody),
        Some(Value::String(word)) if word == "nobody" => Some(Callers::Nobody),
        Some(_) => return Err(wrong("callers", "Write \"anybody\" or \"nobody\".")),
    };
    match (word, options.get("secrets")) {
        (Some(_), Some(_)) => Err(wrong(
            "callers",
            "It excludes `secrets`: whoever has one of them may call, and nobody else. Leave one out.",
        )),
        (Some(callers), None) => Ok(callers),
        (None, None) => Ok(Callers::Nobody),
        (None, Some(_)) => {
            let secrets = all(options, "secrets", Secret::parse)?;
            if secrets.is_empty() {
                return Err(wrong(
                    "secrets",
                    "There is none in it. List one, or leave it out.",
                ));
            }
            Ok(Callers::With(secrets))
        }
    }
}

fn budgets(table: &Object) -> Result<Budgets, Problem> {
    only("budgets.", table, &BUDGETS)?;
    let usual = Budgets::default();
    let [requests, submits, jobs] = BUDGETS.map(|name| number("budgets.", table, name));
    let most = |number: Option<u64>, usual| {
        number.map_or(usual, |number| u32::try_from(number).unwrap_or(u32::MAX))
    };
    Ok(Budgets {
        requests_per_minute: most(requests?, usual.requests_per_minute),
        submits_per_hour: most(submits?, usual.submits_per_hour),
        jobs_at_once: most(jobs?, usual.jobs_at_once),
    })
}

fn limits(table: &Object) -> Result<Limits, Problem> {
    only("limits.", table, &LIMITS)?;
    let usual = Limits::default();
    let size = |name, usual| {
        let given = number("limits.", table, name)?;
        Ok(given.map_or(usual, |given| usize::try_from(given).unwrap_or(usize::MAX)))
    };
    let [
        body_bytes,
        body_depth,
        answer_bytes,
        output_bytes,
        output_seconds,
    ] = LIMITS;
    let seconds = number("limits.", table, output_seconds)?;
    Ok(Limits {
        body_bytes: size(body_bytes, usual.body_bytes)?,
        body_depth: size(body_depth, usual.body_depth)?.min(DEEPEST),
        answer_bytes: size(answer_bytes, usual.answer_bytes)?,
        output_bytes: number("limits.", table, output_bytes)?.unwrap_or(usual.output_bytes),
        output_timeout: seconds.map_or(usual.output_timeout, Duration::from_secs),
    })
}

/// A name that is none of these would be a wish that nobody heeds.
fn only(of: &str, options: &Object, known: &[&str]) -> Result<(), Problem> {
    match options.iter().find(|(name, _)| !known.contains(name)) {
        None => Ok(()),
        Some((name, _)) => {
            let names = known.iter().filter(|name| **name != "keeping");
            let names: Vec<_> = names.copied().collect();
            let words = format!(
                "`{of}{name}` is no option of the relay. There are: {}.",
                names.join(", ")
            );
            Err(Problem::bad("bad_options", words))
        }
    }
}

fn base(options: &Object, name: &str) -> Result<BaseUrl, Problem> {
    let Some(text) = options.text(name) else {
        return Err(wrong(
            name,
            "It is missing. Write the relay's address as callers see it, such as \
             https://app.example.com/api/kinora.",
        ));
    };
    BaseUrl::parse(text).map_err(|bad| wrong(name, format!("\"{text}\": {bad}")))
}

fn all<T, E: core::fmt::Display>(
    options: &Object,
    name: &str,
    read: impl Fn(&str) -> Result<T, E>,
) -> Result<Vec<T>, Problem> {
    let list = match options.get(name) {
        None => return Ok(Vec::new()),
        Some(value) => value.as_list(),
    };
    let texts = list.map(|list| list.iter().map(Value::as_str));
    let texts = texts.ok_or_else(|| wrong(name, "It must be a list of texts."))?;
    texts
        .enumerate()
        .map(|(at, text)| {
            let name = format!("{name}[{at}]");
            let text = text.ok_or_else(|| wrong(&name, "It must be a text."))?;
            read(text).map_err(|bad| wrong(&name, bad))
        })
        .collect()
}

fn truth(options: &Object, name: &str) -> Result<bool, Problem> {
    match options.get(name) {
        None => Ok(false),
        Some(value) => value
            .as_bool()
            .ok_or_else(|| wrong(name, "Write true or false.")),
    }
}

fn number(of: &str, table: &Object, name: &str) -> Result<Option<u64>, Problem> {
    let Some(value) = table.get(name) else {
        return Ok(None);
    };
    let number = value.as_int().and_then(|number| u64::try_from(number).ok());
    number
        .map(Some)
        .ok_or_else(|| wrong(&format!("{of}{name}"), "Write a whole number from 0 on."))
}

fn wrong(name: &str, words: impl core::fmt::Display) -> Problem {
    Problem::bad("bad_options", format!("`{name}`: {words}"))
}

/// What is no address of a proxy.
const NO_ADDRESS: &str = "It is no IP address. Write that of your proxy, as in 127.0.0.1.";

/// The options; `keeping` is the shell's own.
const KNOWN: [&str; 13] = [
    "token",
    "public",
    "service",
    "origins",
    "models",
    "callers",
    "secrets",
    "proxies",
    "includeCost",
    "outputs",
    "budgets",
    "limits",
    "keeping",
];
const BUDGETS: [&str; 3] = ["requestsPerMinute", "submitsPerHour", "jobsAtOnce"];
const LIMITS: [&str; 5] = [
    "bodyBytes",
    "bodyDepth",
    "answerBytes",
    "outputBytes",
    "outputSeconds",
];
/// What is read function by function must not be deeper than the stack.
const DEEPEST: usize = 128;
