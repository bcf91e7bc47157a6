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
        _ => Err(Problem::TooDeep),
    }
}

/// The object that a call is answered with: members, and `error` when there is a problem.
pub fn told(tell: impl FnOnce(&mut Writer) -> Result<(), Problem>) -> String {
    answered(tell, Problem::write)
}

/// The same, but without a word about a problem: [`check`](crate::check) has them, in a module that
/// is loaded when there is one.
pub fn told_briefly(tell: impl FnOnce(&mut Writer) -> Result<(), Problem>) -> String {
    answered(tell, Problem::write_briefly)
}

fn answered(
    tell: impl FnOnce(&mut Writer) -> Result<(), Problem>,
    write: impl FnOnce(&Problem, &mut Writer),
) -> String {
    let mut answer = Writer::default();
    answer.mark("{");
    if let Err(problem) = tell(&mut answer) {
        write(&problem, &mut answer);
    }
    answer.mark("}");
    answer.finish()
}
