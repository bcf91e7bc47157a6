//! How long jobs took before, so that the next one is asked at the right time.

use core::time::Duration;

use crate::wire::input;
use crate::{ModelId, Object, Value};

/// The last durations of jobs of one model with the same settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// In milliseconds, oldest first.
    durations: Vec<u32>,
}

impl History {
    /// Nothing is known.
    pub const EMPTY: Self = Self {
        durations: Vec::new(),
    };

    /// How many durations are kept: enough for a second peak that every fifth job belongs to.
    pub const LONGEST: usize = 32;

    /// Learns how long a job took; the oldest is forgotten when there are more than
    /// [`History::LONGEST`].
    pub fn add(&mut self, took: Duration) {
        let millis = u32::try_from(crate::time::millis(took)).unwrap_or(u32::MAX);
        if self.durations.len() >= Self::LONGEST {
            self.durations.remove(0);
        }
        self.durations.push(millis.max(1));
    }

    /// How many durations are known.
    pub fn len(&self) -> usize {
        self.durations.len()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.durations.is_empty()
    }

    /// In seconds, shortest first.
    pub(super) fn sorted(&self) -> Vec<f64> {
        let mut sorted: Vec<f64> = Vec::with_capacity(self.durations.len());
        for millis in &self.durations {
            let seconds = f64::from(*millis) / 1000.0;
            let place = sorted.partition_point(|known| *known < seconds);
            sorted.insert(place, seconds);
        }
        sorted
    }

    /// The durations in milliseconds, oldest first, as a list.
    pub fn to_value(&self) -> Value {
        let millis = self
            .durations
            .iter()
            .map(|millis| Value::Int((*millis).into()));
        Value::List(millis.collect())
    }

    /// Skips what is no duration.
    fn from_value(value: &Value) -> Self {
        let mut history = Self::EMPTY;
        let millis = value
            .as_list()
            .into_iter()
            .flatten()
            .filter_map(Value::as_int);
        for millis in millis.filter_map(|millis| u64::try_from(millis).ok()) {
            history.add(Duration::from_millis(millis));
        }
        history
    }
}

/// Histories by model and settings, to be stored as one value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histories {
    /// The one that was added to last comes last.
    known: Vec<(String, History)>,
}

impl Histories {
    /// Format of the values that [`Histories::to_value`] writes.
    pub const VERSION: i64 = 1;

    /// How many are kept; the one that was added to longest ago is forgotten first.
    pub const MOST: usize = 64;

    /// The history of jobs like this one.
    pub fn of(&self, model: &ModelId, input: &Object) -> History {
        let key = key(model, input);
        let found = self.known.iter().find(|(known, _)| *known == key);
        found.map_or(History::EMPTY, |(_, history)| history.clone())
    }

    /// Learns how long a job took: what [`Job::took`](crate::Job::took) says of one that went well.
    pub fn add(&mut self, model: &ModelId, input: &Object, took: Duration) {
        let key = key(model, input);
        let mut history = self.of(model, input);
        history.add(took);
        self.known.retain(|(known, _)| *known != key);
        if self.known.len() >= Self::MOST {
            self.known.remove(0);
        }
        self.known.push((key, history));
    }

    /// The histories as a value of format [`Histories::VERSION`].
    pub fn to_value(&self) -> Value {
        let known = self.known.iter();
        let durations = known.map(|(key, history)| (key.as_str(), history.to_value()));
        Value::Object(
            Object::new()
                .with(VERSION, Self::VERSION)
                .with(DURATIONS, durations.collect::<Object>()),
        )
    }

    /// Reads histories. They are learned anew when they cannot be read: of another version, or
    /// damaged.
    pub fn from_value(value: &Value) -> Self {
        let object = value.as_object();
        let readable = object
            .filter(|object| object.get(VERSION).and_then(Value::as_int) == Some(Self::VERSION));
        let durations = readable
            .and_then(|object| object.get(DURATIONS))
            .and_then(Value::as_object);
        let known = durations.into_iter().flat_map(Object::iter);
        Self {
            known: known
                .take(Self::MOST)
                .map(|(key, value)| (key.to_owned(), History::from_value(value)))
                .collect(),
        }
    }
}

/// The model and those of its inputs that bear on how long it takes.
fn key(model: &ModelId, given: &Object) -> String {
    let mut key = model.as_str().to_owned();
    for name in SETTINGS {
        match given.get(name) {
            Some(Value::String(text)) => key.extend([" ", text.as_str()]),
            Some(Value::Int(number)) => key.extend([" ", number.to_string().as_str()]),
            Some(Value::Bool(truth)) => key.push_str(if *truth { " yes" } else { " no" }),
            Some(_) | None => key.push_str(" -"),
        }
    }
    key
}

/// Inputs of published models that bear on how long a job takes. Jobs that differ in others share a
/// history, which may have several peaks.
const SETTINGS: [&str; 8] = [
    input::DURATION,
    input::RESOLUTION,
    input::TEMPLATE,
    input::PROMPT_EXTEND,
    "aspect_ratio",
    "quality",
    "fps",
    "num_frames",
];

const VERSION: &str = "version";
const DURATIONS: &str = "durations";

#[cfg(test)]
mod tests;
