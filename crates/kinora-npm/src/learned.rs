//! How long jobs took, kept as a note of JavaScript's.
//!
//! A note is `{ known, fresh }`: what was learned, as [`Histories::to_value`] writes it, and what was
//! only noted down since, `{ model, input, ms }` each. So the module that leads jobs, which is
//! loaded first, need not read notes.

use core::time::Duration;

use kinora::{Histories, Object, Value};

use crate::call::{read, told};
use crate::wish;

/// Reads a note for a job, `{ note, model, input }`: `{ durations, known }`, the durations of its like in
/// milliseconds and everything that is known now.
pub fn learn(wish: &str) -> String {
    told(|to| {
        let wish = read(wish)?;
        let note = wish.get("note").and_then(Value::as_object);
        let known = note.and_then(|note| note.get("known"));
        let mut histories = known.map(Histories::from_value).unwrap_or_default();
        let fresh = note.and_then(|note| note.get("fresh"));
        for took in fresh.and_then(Value::as_list).into_iter().flatten() {
            if let Some(took) = took.as_object() {
                add(&mut histories, took);
            }
        }
        let input = wish::input_of(&wish).cloned().unwrap_or_default();
        let durations = histories.of(&wish::model(&wish)?, &input).to_value();
        to.key("durations");
        to.value(&durations);
        to.key("known");
        to.value(&histories.to_value());
        Ok(())
    })
}

/// Learns from what was noted down; what cannot be read is not learned.
fn add(histories: &mut Histories, took: &Object) {
    if let (Ok(model), Some(input), Some(millis)) = (
        wish::model(took),
        wish::input_of(took),
        took.get("ms").and_then(Value::as_int),
    ) {
        histories.add(&model, input, Duration::from_millis(millis.unsigned_abs()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{self, Writer};

    fn learned(note: Object) -> Object {
        let wish = job("480P").with("note", note);
        let mut text = Writer::default();
        text.object(&wish);
        match text::read(&learn(&text.finish())) {
            Some(Value::Object(told)) => told,
            other => panic!("no object: {other:?}"),
        }
    }

    fn job(resolution: &str) -> Object {
        let input = Object::new()
            .with("prompt", "fog")
            .with("resolution", resolution);
        Object::new()
            .with("model", "wan-ai/wan-2-2/image-to-video")
            .with("input", input)
    }

    fn took(resolution: &str, millis: i64) -> Value {
        Value::Object(job(resolution).with("ms", millis))
    }

    fn durations(told: &Object) -> Vec<i64> {
        let durations = told.get("durations").and_then(Value::as_list);
        durations
            .into_iter()
            .flatten()
            .filter_map(Value::as_int)
            .collect()
    }

    #[test]
    fn what_was_noted_down_is_learned_and_kept() {
        let fresh = Value::List(vec![
            took("480P", 60_000),
            took("1080P", 90_000),
            Value::Null,
        ]);
        let first = learned(Object::new().with("fresh", fresh));
        assert_eq!(durations(&first), [60_000]);
        let known = first.get("known").cloned().expect("what is known");
        let note = Object::new().with("known", known);
        let second = learned(note.with("fresh", Value::List(vec![took("480P", 61_000)])));
        assert_eq!(durations(&second), [60_000, 61_000]);
    }

    #[test]
    fn a_note_that_nobody_can_read_teaches_nothing() {
        let note = Object::new().with("known", "nonsense").with("fresh", 7);
        assert_eq!(durations(&learned(note)), [0; 0]);
    }
}
