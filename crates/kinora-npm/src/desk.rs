//! The jobs under way in one instance of the module, each under a number that the shell keeps.

use core::cell::RefCell;
use core::mem::ManuallyDrop;

use kinora::{
    BaseUrl, Connection, Job, ModelId, Now, Object, Output, Pace, Record, Stage, Ticket, Value,
};

use crate::call::{read, told_briefly};
use crate::place::Places;
use crate::problem::Problem;
use crate::text::Writer;
use crate::{answer, text, wish};

/// Begins a job (`{ model, input, … }`), or takes one up that the service accepted (`{ requestId,
/// model, … }`): `{ job, key, model, requestId }`.
pub fn open(wish: &str, now: Now) -> String {
    told_briefly(|to| {
        let job = job(&read(wish)?, now)?;
        let record = job.record();
        to.text("key", record.intent.as_str());
        to.text("model", record.model.as_str());
        if let Some(ticket) = record.ticket() {
            to.text("requestId", ticket.id.as_str());
        }
        to.int("job", with_desk(|desk| desk.put(Box::new(job))));
        Ok(())
    })
}

/// Tells a job what happened, if anything did, and answers with everything that it wants now, in
/// order. Of the kinds `store`, `send` and `sleep` there is at most one, at the end.
pub fn step(happened: &str, number: u32, now: Now) -> String {
    let input = wish::input(text::read(happened).as_ref());
    let mut wanted = Writer::default();
    wanted.mark("[");
    with_desk(|desk| {
        let Some(job) = desk.at(number) else { return };
        if let Some(input) = input {
            job.handle(input, now);
        }
        while let Some(output) = job.poll(now) {
            if let (Output::Done(_), Some(took)) = (&output, job.took()) {
                answer::took(took, &mut wanted);
            }
            answer::output(&output, job.record(), &mut wanted);
        }
    });
    wanted.mark("]");
    wanted.finish()
}

/// Lets go of a job.
pub fn close(number: u32) {
    with_desk(|desk| desk.take(number));
}

type Desk = Places<Box<Job>>;

fn with_desk<T>(run: impl FnOnce(&mut Desk) -> T) -> T {
    DESK.with(|desk| run(&mut desk.borrow_mut()))
}

thread_local! {
    /// Never dropped, or the module would carry all that ends a thread.
    static DESK: ManuallyDrop<RefCell<Desk>> =
        const { ManuallyDrop::new(RefCell::new(Places::NONE)) };
}

fn job(wish: &Object, now: Now) -> Result<Job, Problem> {
    let seed = wish.get("seed").and_then(Value::as_int).unwrap_or_default();
    let seed = seed.unsigned_abs();
    let connection = connection(wish)?;
    let mut pace = pace(&connection);
    pace.history = wish::history(wish);
    let intent = wish::intent(wish)?;
    if let Some(id) = wish::request_id(wish)? {
        let submitted_at = wish::time(wish, "submittedAt").unwrap_or(now.wall);
        let model = wish::model(wish)?;
        let record = Record {
            intent,
            model: model.clone(),
            connection: connection.clone(),
            input: wish::input_of(wish).cloned().unwrap_or_default(),
            created_at: wish::time(wish, "createdAt").unwrap_or(submitted_at),
            stage: Stage::Accepted(Ticket {
                id,
                model,
                connection,
                submitted_at,
            }),
        };
        return Ok(Job::watch(record, pace, seed));
    }
    let (model, draft) = (wish::model(wish)?, wish::draft(wish)?);
    let request = if model == *ModelId::WAN_2_2 && !is_checked(wish) {
        draft.plain_request()
    } else {
        draft.request_unread(&model)
    };
    match request {
        Some(request) => Ok(Job::new(request, connection, intent, pace, seed, now)),
        None => Err(Problem::Invalid),
    }
}

/// The service at `base`. What is not as usual, here and in the input, [`check`](crate::check) looks
/// at, in a module that most programs never load; it comes again as `checked`.
fn connection(wish: &Object) -> Result<Connection, Problem> {
    let base = wish::text(wish, "base")?;
    let base = match is_checked(wish) {
        true => Some(BaseUrl::passed_on(base)),
        false => BaseUrl::plain(base),
    };
    let base = base.ok_or(Problem::Invalid)?;
    Ok(Connection::new(base, wish::host(wish)))
}

fn is_checked(wish: &Object) -> bool {
    wish.get("checked").is_some()
}

fn pace(connection: &Connection) -> Pace {
    match connection.base().as_str() {
        Connection::DEMO => Pace::IN_PAGE,
        _ => Pace::REMOTE,
    }
}
