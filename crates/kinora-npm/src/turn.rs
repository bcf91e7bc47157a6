//! Whose turn it is to send: one budget of requests for all jobs of a client.
//!
//! A lone job needs none, so that this is in a module which is loaded with the second.

use core::cell::RefCell;
use core::mem::ManuallyDrop;

use kinora::{Budget, Connection, Method, Now, Object, Turn, Value, retry};

use crate::answer;
use crate::call::{read, told};
use crate::wish;

/// Asks for a turn, `{ client, base, intent, method }`: `{ wait }`, the milliseconds after which to ask
/// again, or nothing in it when the request may go.
pub fn turn(wish: &str, now: Now) -> String {
    told(|to| {
        let wish = read(wish)?;
        // The page itself needs no sparing.
        if wish.text("base") == Some(Connection::DEMO) {
            return Ok(());
        }
        let intent = wish::intent(&wish)?;
        let method = match wish.text("method") {
            Some("POST") => Method::Post,
            _ => Method::Get,
        };
        let turn = with_budget(number(&wish), |budget| {
            budget.take(&intent, method, now.monotonic)
        });
        if let Turn::Wait(span) = turn {
            answer::millis("wait", span, to);
        }
        Ok(())
    })
}

/// Holds all jobs of a client back for as long as an answer asks for that, `{ client, status, headers }`.
pub fn hold(wish: &str, now: Now) -> String {
    told(|_| {
        let wish = read(wish)?;
        if let Some(span) = retry::hold(&wish::response(&wish)) {
            with_budget(number(&wish), |budget| budget.hold(span, now.monotonic));
        }
        Ok(())
    })
}

/// Forgets a client's budget, `{ client }`.
pub fn leave(wish: &str) -> String {
    told(|_| {
        let number = number(&read(wish)?);
        with_budgets(|budgets| budgets.retain(|(client, _)| *client != number));
        Ok(())
    })
}

fn number(wish: &Object) -> i64 {
    wish.get("client")
        .and_then(Value::as_int)
        .unwrap_or_default()
}

fn with_budget<T>(client: i64, run: impl FnOnce(&mut Budget) -> T) -> T {
    with_budgets(|budgets| {
        for (number, budget) in budgets.iter_mut() {
            if *number == client {
                return run(budget);
            }
        }
        let mut budget = Budget::REMOTE;
        let answer = run(&mut budget);
        budgets.push((client, budget));
        answer
    })
}

fn with_budgets<T>(run: impl FnOnce(&mut Vec<(i64, Budget)>) -> T) -> T {
    BUDGETS.with(|budgets| run(&mut budgets.borrow_mut()))
}

thread_local! {
    /// Never dropped, or the module would carry all that ends a thread.
    static BUDGETS: ManuallyDrop<RefCell<Vec<(i64, Budget)>>> =
        const { ManuallyDrop::new(RefCell::new(Vec::new())) };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{self, Writer};

    fn written(wish: &Object) -> String {
        let mut writer = Writer::default();
        writer.object(wish);
        writer.finish()
    }

    /// How long the jobs of a client wait that all ask at once, in milliseconds.
    fn waits(client: i64, jobs: i64, method: &str, at: f64) -> Vec<i64> {
        let mut waits = Vec::new();
        for job in 0..jobs {
            let intent = ["job-", &kinora::number::digits(job)].concat();
            let wish = Object::new()
                .with("client", client)
                .with("intent", intent)
                .with("method", method);
            let told = text::read(&turn(&written(&wish), wish::now(at, 0.0)));
            let told = told.as_ref().and_then(Value::as_object).expect("an object");
            waits.push(told.get("wait").and_then(Value::as_int).unwrap_or_default());
        }
        waits
    }

    #[test]
    fn questions_wait_behind_eight_others_and_wishes_do_not_wait_behind_questions() {
        assert_eq!(waits(1, 10, "GET", 0.0), [0, 0, 0, 0, 0, 0, 0, 0, 125, 250]);
        assert_eq!(waits(1, 3, "POST", 0.0), [0, 0, 500]);
    }

    #[test]
    fn each_client_has_its_own() {
        waits(2, 8, "GET", 0.0);
        assert_eq!(waits(3, 1, "GET", 0.0), [0]);
        leave(&written(&Object::new().with("client", 2)));
        assert_eq!(waits(2, 1, "GET", 0.0), [0]);
    }

    #[test]
    fn an_answer_holds_all_back_as_long_as_it_says() {
        let told = |status: i64, headers: Object| {
            let wish = Object::new().with("client", 4).with("status", status);
            hold(
                &written(&wish.with("headers", headers)),
                wish::now(0.0, 0.0),
            )
        };
        assert_eq!(told(200, Object::new().with("retry-after", "9")), "{}");
        assert_eq!(waits(4, 1, "GET", 0.0), [0]);
        told(429, Object::new().with("retry-after", "9"));
        assert_eq!(waits(4, 1, "GET", 0.0), [9_000]);
    }

    #[test]
    fn what_cannot_be_read_is_a_problem() {
        assert!(turn("{", wish::now(0.0, 0.0)).contains("error"));
        assert!(turn("{}", wish::now(0.0, 0.0)).contains("bad_input"));
    }
}
