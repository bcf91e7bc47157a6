//! Scenarios out of JSON: what a file says, and what is wrong with it.

use core::fmt;
use core::num::NonZeroU32;

use kinora::Value;
use kinora::wire::{catalog, key};

use super::{Cors, Failing, Preset, Scenario};
use crate::{Fault, Model, Tokens};

mod member;
use member::{At, listed, one_of};

/// Why a value is no scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioProblem {
    /// Where: a member's name, with its place when it is in a list; empty for the value itself.
    pub field: String,
    /// What would be right there.
    pub remedy: String,
}

impl ScenarioProblem {
    fn new(field: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            remedy: remedy.into(),
        }
    }
}

impl fmt::Display for ScenarioProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field.as_str() {
            "" => write!(formatter, "This is no scenario: {}.", self.remedy),
            field => write!(formatter, "\"{field}\" is wrong: {}.", self.remedy),
        }
    }
}

impl core::error::Error for ScenarioProblem {}

impl Scenario {
    /// Reads a scenario from JSON: an object with any of the members of this type, by their names.
    /// Spans are in seconds, faults as [`Fault::GRAMMAR`] says, choices by their
    /// [words](crate::Switch::CHOICES); `preset` names what everything else changes, `usual` when absent.
    ///
    /// ```
    /// use kinora::{Object, Value};
    /// use kinora_emulator::Scenario;
    ///
    /// let value = Value::Object(Object::new().with("preset", "slow").with("run", 2_i64));
    /// assert_eq!(Scenario::from_value(&value).map(|it| it.run.as_secs()), Ok(2));
    /// ```
    ///
    /// # Errors
    /// When a member is unknown or of another kind than it must be.
    pub fn from_value(value: &Value) -> Result<Self, ScenarioProblem> {
        let object = value
            .as_object()
            .ok_or_else(|| ScenarioProblem::new("", "it must be a JSON object"))?;
        let preset = object.get(PRESET).map(preset).transpose()?;
        let mut scenario = preset.unwrap_or(&Preset::ALL[0]).scenario();
        for (name, value) in object.iter().filter(|(name, _)| *name != PRESET) {
            scenario.take(name, value)?;
        }
        Ok(scenario)
    }

    fn take(&mut self, name: &str, value: &Value) -> Result<(), ScenarioProblem> {
        let at = At { name, value };
        match name {
            "seed" => self.seed = at.whole()?,
            "models" => self.models = at.list(model)?,
            "tokens" => self.tokens = tokens(&at)?,
            "balance" => self.balance = at.unless_null(At::whole)?,
            "ahead" => self.ahead = at.whole()?,
            "tick" => self.tick = at.span()?,
            "slots" => self.slots = slots(&at)?,
            "run" => self.run = at.span()?,
            "late" => self.late = at.span()?,
            "retention" => self.retention = at.span()?,
            "failing" => self.failing = failing(&at)?,
            "odd_state" => self.odd_state = at.unless_null(At::text)?,
            "auth_refusal" => self.auth_refusal = at.choice()?,
            "balance_refusal" => self.balance_refusal = at.choice()?,
            "error_status" => self.error_status = at.choice()?,
            "submit_answer" => self.submit_answer = at.choice()?,
            "not_ready" => self.not_ready = at.choice()?,
            "violation" => self.violation = at.choice()?,
            "output" => self.output = at.choice()?,
            "error" => self.error = at.choice()?,
            "cancel_answer" => self.cancel_answer = at.choice()?,
            "cors" => self.cors = cors(self.cors, &at)?,
            "faults" => self.faults = at.list(fault)?,
            _ => return Err(unknown(name)),
        }
        Ok(())
    }

    /// The members that [`from_value`](Self::from_value) knows.
    pub const MEMBERS: &'static [&'static str] = &[
        PRESET,
        "seed",
        "models",
        "tokens",
        "balance",
        "ahead",
        "tick",
        "slots",
        "run",
        "late",
        "retention",
        "failing",
        "odd_state",
        "auth_refusal",
        "balance_refusal",
        "error_status",
        "submit_answer",
        "not_ready",
        "violation",
        "output",
        "error",
        "cancel_answer",
        "cors",
        "faults",
    ];
}

fn preset(name: &Value) -> Result<&'static Preset, ScenarioProblem> {
    let known = name.as_str().and_then(Preset::named);
    known.ok_or_else(|| {
        ScenarioProblem::new(PRESET, one_of(Preset::ALL.iter().map(|preset| preset.name)))
    })
}

/// Each a text, or an object with a `token` and what its account can pay for.
fn tokens(at: &At<'_>) -> Result<Tokens, ScenarioProblem> {
    let tokens = at.list(token)?.into_iter();
    Ok(tokens.fold(
        Tokens::only([""; 0]),
        |tokens, (token, balance)| match balance {
            Some(balance) => tokens.with_balance(token, balance),
            None => tokens.with(token),
        },
    ))
}

fn token(at: &At<'_>) -> Result<(String, Option<u32>), ScenarioProblem> {
    if at.value.as_str().is_some() {
        return Ok((at.text()?, None));
    }
    let object = at.object(&["token", "balance"])?;
    let member = |name| object.get(name).unwrap_or(&Value::Null);
    let inner = |name: &'static str| (format!("{}.{name}", at.name), member(name));
    let (name, value) = inner("token");
    let text = At { name: &name, value }.text()?;
    let (name, value) = inner("balance");
    Ok((text, At { name: &name, value }.unless_null(At::whole)?))
}

fn slots(at: &At<'_>) -> Result<NonZeroU32, ScenarioProblem> {
    NonZeroU32::new(at.whole()?).map_or_else(|| at.wrong("it must be at least 1"), Ok)
}

fn failing(at: &At<'_>) -> Result<Failing, ScenarioProblem> {
    match at.value {
        Value::String(word) if word == "none" => Ok(Failing::None),
        Value::String(word) if word == "all" => Ok(Failing::All),
        Value::Int(_) => at.whole().map(Failing::First),
        _ => at.wrong("it must be \"none\", \"all\", or how many of the first jobs"),
    }
}

fn cors(before: Cors, at: &At<'_>) -> Result<Cors, ScenarioProblem> {
    let mut cors = before;
    for (name, value) in at
        .object(&["answers", "media", "expose", "max_age"])?
        .iter()
    {
        let name = &format!("{}.{name}", at.name);
        let at = At { name, value };
        match name.rsplit('.').next() {
            Some("answers") => cors.answers = at.truth()?,
            Some("media") => cors.media = at.truth()?,
            Some("expose") => cors.expose = at.truth()?,
            _ => cors.max_age = at.unless_null(At::span)?,
        }
    }
    Ok(cors)
}

/// An entry as `GET /v1/models?include_schema=true` answers it.
fn model(at: &At<'_>) -> Result<Model, ScenarioProblem> {
    let Some(entry) = catalog::read::entry(at.value) else {
        return at.wrong(format!(
            "it must be an entry of the catalogue with a {} such as maker/model",
            key::MODEL_ID
        ));
    };
    Model::published(entry).or_else(|problem| at.wrong(problem.to_string()))
}

fn fault(at: &At<'_>) -> Result<Fault, ScenarioProblem> {
    let fault = at.text()?.parse::<Fault>();
    fault.or_else(|bad| at.wrong(bad.to_string()))
}

fn unknown(name: &str) -> ScenarioProblem {
    ScenarioProblem::new(
        name,
        format!(
            "there is no such member; there are {}",
            listed(Scenario::MEMBERS.iter().copied())
        ),
    )
}

const PRESET: &str = "preset";

#[cfg(test)]
mod tests;
