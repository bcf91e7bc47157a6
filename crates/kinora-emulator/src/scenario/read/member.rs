//! One member of a scenario's object, read as what it must be.

use core::time::Duration;

use kinora::{Object, Value};

use super::ScenarioProblem;
use crate::Switch;

/// A member.
pub(super) struct At<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a Value,
}

impl At<'_> {
    pub(super) fn wrong<T>(&self, remedy: impl Into<String>) -> Result<T, ScenarioProblem> {
        Err(ScenarioProblem::new(self.name, remedy))
    }

    pub(super) fn whole<T: TryFrom<i64>>(&self) -> Result<T, ScenarioProblem> {
        let whole = self
            .value
            .as_int()
            .and_then(|whole| T::try_from(whole).ok());
        whole.map_or_else(|| self.wrong("it must be a whole number from 0"), Ok)
    }

    pub(super) fn span(&self) -> Result<Duration, ScenarioProblem> {
        let seconds = match self.value {
            Value::Int(seconds) => *seconds as f64,
            Value::Float(seconds) => *seconds,
            _ => f64::NAN,
        };
        Duration::try_from_secs_f64(seconds)
            .or_else(|_| self.wrong("it must be a number of seconds, such as 1.5"))
    }

    pub(super) fn truth(&self) -> Result<bool, ScenarioProblem> {
        let truth = self.value.as_bool();
        truth.map_or_else(|| self.wrong("it must be true or false"), Ok)
    }

    pub(super) fn text(&self) -> Result<String, ScenarioProblem> {
        let text = self.value.as_str().filter(|text| !text.is_empty());
        text.map_or_else(
            || self.wrong("it must be a text"),
            |text| Ok(text.to_owned()),
        )
    }

    pub(super) fn choice<T: Switch>(&self) -> Result<T, ScenarioProblem> {
        let choice = self.value.as_str().and_then(T::named);
        choice.map_or_else(
            || self.wrong(one_of(T::CHOICES.iter().map(|(word, ..)| *word))),
            Ok,
        )
    }

    pub(super) fn unless_null<T>(
        &self,
        read: impl Fn(&Self) -> Result<T, ScenarioProblem>,
    ) -> Result<Option<T>, ScenarioProblem> {
        if self.value.is_null() {
            return Ok(None);
        }
        read(self).map(Some)
    }

    pub(super) fn list<T>(
        &self,
        read: impl Fn(&At<'_>) -> Result<T, ScenarioProblem>,
    ) -> Result<Vec<T>, ScenarioProblem> {
        let Some(items) = self.value.as_list() else {
            return self.wrong("it must be a list");
        };
        let item = |(place, value)| {
            let name = &format!("{}[{place}]", self.name);
            read(&At { name, value })
        };
        items.iter().enumerate().map(item).collect()
    }

    pub(super) fn object(&self, members: &[&str]) -> Result<&Object, ScenarioProblem> {
        let Some(object) = self.value.as_object() else {
            return self.wrong("it must be an object");
        };
        match object.iter().find(|(name, _)| !members.contains(name)) {
            Some((name, _)) => Err(ScenarioProblem::new(
                format!("{}.{name}", self.name),
                one_of(members.iter().copied()),
            )),
            None => Ok(object),
        }
    }
}

pub(super) fn one_of<'a>(words: impl Iterator<Item = &'a str>) -> String {
    format!("it must be one of {}", listed(words))
}

pub(super) fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}
