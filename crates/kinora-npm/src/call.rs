//! One call of JavaScript's: an object as text in, an object as text out.

use kinora::{Object, Value};

use crate::problem::Problem;
use crate::text::{self, Writer};

/// The object that a call brings along.
///
/// # Errors
/// When the text is none.
pub fn read(wish: &str) -> Result<Object, Problem> {
    match text::read(wish) {
        Some(Value::Object(wish)) => Ok(wish),
        _ => Err(Problem::bad(
            "bad_input",
            "What was passed in cannot be read: it may be nested too deep.".to_owned(),
        )),
    }
}

/// The object that a call is answered with: members, and `error` when there is a problem.
pub fn told(tell: impl FnOnce(&mut Writer) -> Result<(), Problem>) -> String {
    let mut answer = Writer::default();
    answer.mark("{");
    if let Err(problem) = tell(&mut answer) {
        problem.write(&mut answer);
    }
    answer.mark("}");
    answer.finish()
}
