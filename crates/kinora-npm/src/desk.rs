//! The jobs under way in one instance of the module, each under a number that the shell keeps.

use core::cell::RefCell;

use kinora::{Connection, Job, Now, Object, Pace, Record, RequestId, Ticket, Value};

use crate::call::{read, told};
use crate::problem::Problem;
use crate::text::Writer;
use crate::{answer, text, wish};

/// Begins a job (`{ model, input, … }`), or takes one up again (`{ record }` or `{ requestId,
/// model }`): `{ job, key, model, requestId }`.
pub fn open(wish: &str, now: Now) -> String {
    told(|to| {
        let job = job(&read(wish)?, now)?;
        let record = job.record();
        to.text("key", record.intent.as_str());
        to.text("model", record.model.as_str());
        if let Some(ticket) = record.ticket() {
            to.text("requestId", ticket.id.as_str());
        }
        to.int("job", DESK.with_borrow_mut(|desk| desk.put(job)));
        Ok(())
    })
}

/// Tells a job what happened, if anything did, and answers with everything that it wants now, in
/// order. Of the kinds `store`, `send` and `sleep` there is at most one, at the end.
pub fn step(happened: &str, number: u32, now: Now) -> String {
    let input = wish::input(text::read(happened).as_ref());
    let mut wanted = Writer::default();
    wanted.mark('[');
    DESK.with_borrow_mut(|desk| {
        let Some(job) = desk.job(number) else { return };
        if let Some(input) = input {
            job.handle(input, now);
        }
        while let Some(output) = job.poll(now) {
            answer::output(&output, job.record(), &mut wanted);
        }
    });
    wanted.mark(']');
    wanted.finish()
}

/// Lets go of a job.
pub fn close(number: u32) {
    DESK.with_borrow_mut(|desk| desk.take(number));
}

/// Numbered places, which are used again.
#[derive(Default)]
struct Desk(Vec<Option<Job>>);

impl Desk {
    fn put(&mut self, job: Job) -> i64 {
        let free = self.0.iter().position(Option::is_none);
        let place = free.unwrap_or(self.0.len());
        if free.is_none() {
            self.0.push(None);
        }
        if let Some(place) = self.0.get_mut(place) {
            *place = Some(job);
        }
        place as i64
    }

    fn job(&mut self, number: u32) -> Option<&mut Job> {
        self.0.get_mut(number as usize)?.as_mut()
    }

    fn take(&mut self, number: u32) {
        if let Some(place) = self.0.get_mut(number as usize) {
            *place = None;
        }
    }
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

fn job(wish: &Object, now: Now) -> Result<Job, Problem> {
    let seed = wish.get("seed").and_then(Value::as_int).unwrap_or_default();
    let seed = seed.unsigned_abs();
    if let Some(record) = wish.get("record") {
        let record = Record::from_value(record)
            .map_err(|problem| Problem::bad("bad_record", problem.sentence()))?;
        let pace = pace(&record.connection);
        return Ok(Job::resume(record, pace, seed));
    }
    let connection = wish::connection(wish)?;
    let pace = pace(&connection);
    let intent = wish::intent(wish)?;
    if let Some(id) = wish.get("requestId") {
        let id = RequestId::parse(id.as_str().unwrap_or_default())
            .map_err(|bad| Problem::bad("bad_request_id", bad.sentence()))?;
        let ticket = Ticket {
            id,
            model: wish::model(wish)?,
            connection,
            submitted_at: now.wall,
        };
        return Ok(Job::resume(Record::of_ticket(ticket, intent), pace, seed));
    }
    match wish::draft(wish)?.request(&wish::spec(wish)?, connection.reach()) {
        Some(request) => Ok(Job::new(request, connection, intent, pace, seed, now)),
        None => Err(Problem::bad(
            "invalid_input",
            "The input may not be sent as it is.".to_owned(),
        )),
    }
}

fn pace(connection: &Connection) -> Pace {
    match connection.base().as_str() {
        Connection::DEMO => Pace::IN_PAGE,
        _ => Pace::REMOTE,
    }
}
