//! Questions to the catalogue: which models there are, and what each takes.
//!
//! ```text
//! ask ──► request ──► (the shell sends it) ──► hear ──► page │ categories │ model │ error
//!                            ▲                   │
//!                            └──── againInMs ◄───┘
//! ```

use core::cell::RefCell;
use core::mem::ManuallyDrop;

use kinora::retry::{Failures, Patience, after};
use kinora::wire::catalog::{self, CatalogQuery, ModelKind, read as answers};
use kinora::{
    Connection, Error, HttpRequest, HttpResponse, Input, ModelId, Now, Object, Value, limits,
};

use crate::call::{read, told};
use crate::place::Places;
use crate::problem::Problem;
use crate::text::{self, Writer};
use crate::{answer, problem, wish};

mod entry;
mod field;

/// Begins with a question, `{ ask, … }`: `{ question, request }`. What is asked for is `models`, with
/// the members of a query, `categories`, or a `model`, which is told with its fields.
pub fn ask(wish: &str) -> String {
    told(|to| {
        let question = question(&read(wish)?)?;
        let request = question.request();
        let number = with_questions(|questions| questions.put(question));
        to.int("question", number);
        to.key("request");
        to.mark("{");
        answer::request(&request, to);
        to.mark("}");
        Ok(())
    })
}

/// Takes what came of a question: `{ page }`, `{ categories }`, `{ model }` or `{ error }`, which are
/// the end, or `{ againInMs }`, after which the same request is due. `chance` is uniform in 0..1.
pub fn hear(came: &str, number: u32, chance: f64, now: Now) -> String {
    let mut to = Writer::default();
    to.mark("{");
    with_questions(|questions| match questions.at(number) {
        Some(question) => question.hear(came, chance, now, &mut to),
        None => Problem::bad("internal", GONE.to_owned()).write(&mut to),
    });
    to.mark("}");
    to.finish()
}

/// Lets go of a question.
pub fn forget(number: u32) {
    with_questions(|questions| questions.take(number));
}

struct Question {
    connection: Connection,
    about: About,
    failures: Failures,
}

enum About {
    Models(CatalogQuery),
    Categories,
    Model(ModelId),
}

impl Question {
    fn request(&self) -> HttpRequest {
        match &self.about {
            About::Models(query) => catalog::models(&self.connection, query),
            About::Categories => catalog::categories(&self.connection),
            About::Model(id) => catalog::model(&self.connection, id),
        }
    }

    fn hear(&mut self, came: &str, chance: f64, now: Now, to: &mut Writer) {
        let (response, error) = match wish::input(text::read(came).as_ref()) {
            Some(Input::Response(response)) => match self.tell(&response, to) {
                Ok(()) => return,
                Err(error) => (Some(response), error),
            },
            Some(Input::Failed(error)) => (None, Error::Transport(error)),
            _ => return,
        };
        let wait = response.as_ref().and_then(after);
        let again = error.retryable().then(|| {
            let patience = &Patience::CATALOG;
            self.failures.another(patience, chance, wait, now.monotonic)
        });
        match again.flatten() {
            Some(wait) => answer::millis("againInMs", wait, to),
            None => problem::error("error", &error, to),
        }
    }

    fn tell(&self, response: &HttpResponse, to: &mut Writer) -> Result<(), Error> {
        match &self.about {
            About::Models(_) => entry::page(&answers::page(response)?, to),
            About::Categories => entry::categories(&answers::categories(response)?, to),
            About::Model(_) => entry::model(&answers::model(response)?, to),
        }
        Ok(())
    }
}

fn question(wish: &Object) -> Result<Question, Problem> {
    Ok(Question {
        connection: wish::connection(wish)?,
        about: match wish.text("ask") {
            Some("models") => About::Models(query(wish)?),
            Some("categories") => About::Categories,
            _ => About::Model(wish::model(wish)?),
        },
        failures: Failures::default(),
    })
}

fn query(wish: &Object) -> Result<CatalogQuery, Problem> {
    let text = |key| match wish.get(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone()).filter(|text| !text.is_empty())),
        Some(_) => Err(bad(&[key, " must be text."])),
    };
    let number = |key| match wish.get(key) {
        None => Ok(None),
        Some(value) => match value.as_int().and_then(|number| u32::try_from(number).ok()) {
            Some(number) => Ok(Some(number)),
            None => Err(bad(&[key, " must be a whole number from 0."])),
        },
    };
    let include_schema = match wish.get("includeSchema") {
        None => false,
        Some(Value::Bool(include)) => *include,
        Some(_) => return Err(bad(&["includeSchema must be true or false."])),
    };
    let limit = number("limit")?;
    if limit.is_some_and(|limit| !(1..=limits::CATALOG_PAGE_MOST).contains(&limit)) {
        let most = kinora::number::digits(limits::CATALOG_PAGE_MOST.into());
        return Err(bad(&["limit must be from 1 to ", &most, "."]));
    }
    Ok(CatalogQuery {
        search: text("search")?,
        category: text("category")?,
        kind: text("kind")?.map(ModelKind::from),
        include_schema,
        limit,
        offset: number("offset")?.unwrap_or_default(),
    })
}

fn bad(words: &[&str]) -> Problem {
    Problem::bad("bad_input", words.concat())
}

const GONE: &str = "The question is not known any more.";

fn with_questions<T>(run: impl FnOnce(&mut Places<Question>) -> T) -> T {
    QUESTIONS.with(|questions| run(&mut questions.borrow_mut()))
}

thread_local! {
    /// Never dropped, or the module would carry all that ends a thread.
    static QUESTIONS: ManuallyDrop<RefCell<Places<Question>>> =
        const { ManuallyDrop::new(RefCell::new(Places::NONE)) };
}

#[cfg(test)]
mod tests;
