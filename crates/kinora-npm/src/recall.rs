//! Stored jobs, read again.
//!
//! One that the service accepted becomes the wish that opens it once more; of any other it is known
//! how it ended. So the module that leads jobs need not read what is stored.

use kinora::{Outcome, Output, Record, RecordProblem, Stage, Ticket, Value, WallTime};

use crate::answer;
use crate::call::{read, told};
use crate::problem::Problem;
use crate::text::Writer;
use crate::wish;

/// Reads a record, `{ record, base }`: `{ key, model, requestId }` and either `open`, what opens the job
/// at that base, or `done`, what its machine would answer. Of a submit whose answer was not there yet
/// that is only so where nobody sends it any more: it is marked `sending`. Of a job at another base,
/// whose service the client's token is not for, only `elsewhere`.
pub fn recall(wish: &str) -> String {
    told(|to| {
        let wish = read(wish)?;
        let stored = wish.get("record").unwrap_or(&Value::Null);
        let record = Record::from_value(stored).map_err(bad)?;
        if record.connection.base() != wish::connection(&wish)?.base() {
            to.truth("elsewhere", true);
            return Ok(());
        }
        to.text("key", record.intent.as_str());
        to.text("model", record.model.as_str());
        if let Some(ticket) = record.ticket() {
            to.text("requestId", ticket.id.as_str());
        }
        match (&record.stage, Outcome::of_record(&record)) {
            (Stage::Accepted(ticket), _) => open(&record, ticket, to),
            (_, Some(outcome)) => done(&record, outcome, to),
            (_, None) => {}
        }
        Ok(())
    })
}

fn bad(problem: RecordProblem) -> Problem {
    Problem::bad("bad_record", problem.sentence())
}

fn open(record: &Record, ticket: &Ticket, to: &mut Writer) {
    to.key("open");
    to.mark("{");
    to.text("intent", record.intent.as_str());
    to.text("model", record.model.as_str());
    to.text("requestId", ticket.id.as_str());
    to.text("base", record.connection.base().as_str());
    to.truth("checked", true);
    to.key("input");
    to.object(&record.input);
    time("createdAt", record.created_at, to);
    time("submittedAt", ticket.submitted_at, to);
    to.mark("}");
}

fn done(record: &Record, outcome: Outcome, to: &mut Writer) {
    to.truth("sending", record.stage == Stage::Sending);
    to.key("done");
    answer::output(&Output::Done(outcome), record, to);
}

fn time(key: &str, time: WallTime, to: &mut Writer) {
    to.int(key, i64::try_from(time.unix_millis()).unwrap_or(i64::MAX));
}

#[cfg(test)]
mod tests {
    use kinora::{BaseUrl, Connection, Ending, HostKind, IntentId, ModelId, Object, RequestId};

    use super::*;
    use crate::text;

    fn record(stage: Stage) -> Record {
        let base = BaseUrl::parse("https://relay.example.com").expect("a base");
        Record {
            intent: IntentId::parse("intent-1").expect("an id"),
            model: ModelId::WAN_2_2.clone(),
            connection: Connection::new(base, HostKind::Kinora),
            input: Object::new().with("prompt", "fog"),
            created_at: WallTime::from_unix_millis(7),
            stage,
        }
    }

    fn told_of(stage: Stage) -> Object {
        told_at("https://relay.example.com", stage)
    }

    fn told_at(base: &str, stage: Stage) -> Object {
        let value = record(stage).to_value();
        let mut wish = Writer::default();
        wish.object(&Object::new().with("record", value).with("base", base));
        match text::read(&recall(&wish.finish())) {
            Some(Value::Object(told)) => told,
            other => panic!("no object: {other:?}"),
        }
    }

    #[test]
    fn an_accepted_job_is_opened_with_all_that_was_known() {
        let ticket = Ticket {
            id: RequestId::parse("request-1").expect("an id"),
            model: ModelId::WAN_2_2.clone(),
            connection: record(Stage::Sending).connection,
            submitted_at: WallTime::from_unix_millis(8),
        };
        let told = told_of(Stage::Accepted(ticket));
        let open = Object::new()
            .with("intent", "intent-1")
            .with("model", ModelId::WAN_2_2.as_str())
            .with("requestId", "request-1")
            .with("base", "https://relay.example.com")
            .with("checked", true)
            .with("input", Object::new().with("prompt", "fog"))
            .with("createdAt", 7)
            .with("submittedAt", 8);
        assert_eq!(told.get("open").and_then(Value::as_object), Some(&open));
        assert_eq!(told.get("done"), None);
    }

    #[test]
    fn a_job_at_another_base_is_another_clients() {
        let told = told_at("https://relay.example.com.evil.example", Stage::Uncertain);
        assert_eq!(told, Object::new().with("elsewhere", true));
        let told = told_at("https://relay.example.com/", Stage::Uncertain);
        assert_eq!(told.get("elsewhere"), None);
    }

    #[test]
    fn a_submit_that_was_interrupted_is_uncertain_if_nobody_sends_it() {
        for (stage, is_sending) in [(Stage::Sending, true), (Stage::Uncertain, false)] {
            let told = told_of(stage);
            assert_eq!(told.get("sending"), Some(&Value::Bool(is_sending)));
            let done = told.get("done").and_then(Value::as_object);
            let error = done.and_then(|done| done.get("error")?.as_object());
            let code = error.and_then(|error| error.text("code"));
            assert_eq!(code, Some("uncertain"));
        }
    }

    #[test]
    fn an_end_is_told_again() {
        let told = told_of(Stage::Ended {
            ticket: None,
            ending: Ending::Cancelled,
        });
        assert!(told.get("done").is_some() && told.get("open").is_none());
    }

    #[test]
    fn what_is_no_record_is_a_problem() {
        let told = recall("{6:recordn}");
        assert!(told.contains("bad_record"), "{told}");
    }
}
