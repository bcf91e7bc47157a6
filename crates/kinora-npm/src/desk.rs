//! The jobs under way in one instance of the module, each under a number that the shell keeps.

use core::cell::RefCell;

use kinora::{Connection, Draft, Job, Now, Object, Pace, Record, RequestId, Ticket, Value};

use crate::problem::Problem;
use crate::text::Writer;
use crate::{answer, text, wish};

/// Holds an input against the model's rules: `{ ok, issues }`.
pub fn check(wish: &str) -> String {
    told(|to| {
        let wish = read(wish)?;
        let (spec, draft) = (wish::spec(&wish)?, wish::draft(&wish)?);
        let reach = wish::connection(&wish)?.reach();
        let checked = draft.check(&spec, &wish::facts(&wish, reach));
        to.truth("ok", checked.request.is_some());
        answer::issues(&checked.report, to);
        Ok(())
    })
}

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
            .map_err(|problem| Problem::bad("bad_record", problem.to_string()))?;
        let pace = pace(&record.connection);
        return Ok(Job::resume(record, pace, seed));
    }
    let connection = wish::connection(wish)?;
    let pace = pace(&connection);
    let intent = wish::intent(wish)?;
    if let Some(id) = wish.get("requestId") {
        let id = RequestId::parse(id.as_str().unwrap_or_default())
            .map_err(|bad| Problem::bad("bad_request_id", bad.to_string()))?;
        let ticket = Ticket {
            id,
            model: wish::model(wish)?,
            connection,
            submitted_at: now.wall,
        };
        return Ok(Job::resume(Record::of_ticket(ticket, intent), pace, seed));
    }
    let (spec, draft): (_, Draft) = (wish::spec(wish)?, wish::draft(wish)?);
    let checked = draft.check(&spec, &wish::facts(wish, connection.reach()));
    match checked.request {
        Some(request) => Ok(Job::new(request, connection, intent, pace, seed, now)),
        None => Err(Problem::invalid(checked.report)),
    }
}

fn pace(connection: &Connection) -> Pace {
    match connection.base().as_str() {
        Connection::DEMO => Pace::IN_PAGE,
        _ => Pace::REMOTE,
    }
}

fn read(wish: &str) -> Result<Object, Problem> {
    match text::read(wish) {
        Some(Value::Object(wish)) => Ok(wish),
        _ => Err(Problem::bad(
            "bad_input",
            "What was passed in cannot be read: it may be nested too deep.".to_owned(),
        )),
    }
}

fn told(tell: impl FnOnce(&mut Writer) -> Result<(), Problem>) -> String {
    let mut answer = Writer::default();
    answer.mark('{');
    if let Err(problem) = tell(&mut answer) {
        problem.write(&mut answer);
    }
    answer.mark('}');
    answer.finish()
}
