//! Faults as scenario files and command lines write them.

use core::fmt;
use core::str::FromStr;
use core::time::Duration;

use kinora::retry::Call;
use kinora::{HttpResponse, Object};

use super::{Fault, WaitForm};
use crate::Switch;

impl Fault {
    /// How a fault is written as text.
    pub const GRAMMAR: &'static str = "\
CALL=WHAT[*TIMES]; without TIMES it always happens.

CALL  submit, status, result, cancel
WHAT  429                  too many requests
      429:SECONDS[:FORM]   the same, asking to wait; FORM is seconds, date or ms
      400001, 400002, …    one of the service's six-digit errors, under its first three digits
      200/400004           the same inside an HTTP 200
      401, 403, 500, …     a gateway's {\"message\"} with this HTTP status
      html                 a web page where JSON belongs
      not-accepted         a 503 marked `Kinora-Accepted: no`
      unheard              nothing is done, and the connection is closed
      lost                 it is done, and the connection is closed without an answer
      silent               it is done, and no answer ever comes
      no-id                it is done, and answered with an empty object
      done+WHAT            any of these, but what was asked is done first

Examples: submit=429:2*1   status=html*2   submit=done+503*1";
}

/// A text that is no fault; why, and what would be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadFault(String);

impl fmt::Display for BadFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl core::error::Error for BadFault {}

impl FromStr for Fault {
    type Err = BadFault;

    fn from_str(text: &str) -> Result<Self, BadFault> {
        let (place, what) = text.split_once('=').ok_or_else(|| {
            BadFault(format!(
                "\"{text}\" is no fault; write it as CALL=WHAT, such as submit=429"
            ))
        })?;
        let on = call(place)?;
        let (what, times) = match what.split_once('*') {
            Some((what, times)) => (what, Some(number(times)?)),
            None => (what, None),
        };
        let fault = match what.strip_prefix(DONE) {
            Some(what) => fault(on, what)?.after_the_deed(),
            None => fault(on, what)?,
        };
        Ok(Self { times, ..fault })
    }
}

fn call(text: &str) -> Result<Call, BadFault> {
    match text {
        "submit" => Ok(Call::Submit),
        "status" => Ok(Call::Status),
        "result" => Ok(Call::Result),
        "cancel" => Ok(Call::Cancel),
        _ => Err(BadFault(format!(
            "\"{text}\" is none of the calls submit, status, result and cancel"
        ))),
    }
}

fn fault(on: Call, what: &str) -> Result<Fault, BadFault> {
    match what {
        "html" => Ok(Fault::web_page(on)),
        "not-accepted" => Ok(Fault::not_accepted(on)),
        "unheard" => Ok(Fault::unheard(on)),
        "lost" => Ok(Fault::lost(on)),
        "silent" => Ok(Fault::silent(on)),
        "no-id" => Ok(Fault::misreported(
            on,
            HttpResponse::json(200, Object::new()),
        )),
        "429" => Ok(Fault::too_many(on, None)),
        _ => with_numbers(on, what),
    }
}

fn with_numbers(on: Call, what: &str) -> Result<Fault, BadFault> {
    if let Some(wait) = what.strip_prefix("429:") {
        let (seconds, form) = wait.split_once(':').unwrap_or((wait, "seconds"));
        let wait = Duration::from_secs(number(seconds)?);
        let form = WaitForm::named(form).ok_or_else(|| unknown(what))?;
        return Ok(Fault::too_many(on, None).asking_to_wait(wait, form));
    }
    if let Some((status, code)) = what.split_once('/') {
        return Ok(Fault::numbered(
            on,
            status_code(status)?,
            number(code)?,
            ON_PURPOSE,
        ));
    }
    match (what.len(), what.get(..3)) {
        (6, Some(status)) => Ok(Fault::numbered(
            on,
            status_code(status)?,
            number(what)?,
            ON_PURPOSE,
        )),
        (3, _) => Ok(Fault::gateway(on, status_code(what)?, ON_PURPOSE)),
        _ => Err(unknown(what)),
    }
}

fn status_code(text: &str) -> Result<u16, BadFault> {
    let status = number(text)?;
    let known = (200..=599).contains(&status);
    known.then_some(status).ok_or_else(|| {
        BadFault(format!(
            "{status} is no HTTP status of an answer; those are 200 to 599"
        ))
    })
}

fn number<T: FromStr>(text: &str) -> Result<T, BadFault> {
    text.parse()
        .map_err(|_| BadFault(format!("\"{text}\" is not a number that fits here")))
}

fn unknown(what: &str) -> BadFault {
    BadFault(format!(
        "\"{what}\" is nothing that can go wrong; that would be a status such as 500, an error \
         number such as 400002, 429:SECONDS, html, not-accepted, unheard, lost, silent or no-id"
    ))
}

const DONE: &str = "done+";
const ON_PURPOSE: &str = "This goes wrong on purpose.";

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: Fault) {
        assert_eq!(text.parse(), Ok(wanted), "{text}");
    }

    #[test]
    fn every_fault_of_the_help_is_read() {
        let seconds = Duration::from_secs(2);
        check("submit=429", Fault::too_many(Call::Submit, None));
        check(
            "status=429:2*3",
            Fault::too_many(Call::Status, Some(seconds)).times(3),
        );
        check(
            "status=429:2:date",
            Fault::too_many(Call::Status, None).asking_to_wait(seconds, WaitForm::Date),
        );
        check(
            "status=429:2:ms",
            Fault::too_many(Call::Status, None).asking_to_wait(seconds, WaitForm::Millis),
        );
        check(
            "submit=400002",
            Fault::numbered(Call::Submit, 400, 400_002, ON_PURPOSE),
        );
        check(
            "result=200/400004",
            Fault::numbered(Call::Result, 200, 400_004, ON_PURPOSE),
        );
        check(
            "cancel=401*1",
            Fault::gateway(Call::Cancel, 401, ON_PURPOSE).times(1),
        );
        check("status=500", Fault::gateway(Call::Status, 500, ON_PURPOSE));
        check("submit=html", Fault::web_page(Call::Submit));
        check("submit=not-accepted", Fault::not_accepted(Call::Submit));
        check("status=unheard", Fault::unheard(Call::Status));
        check("submit=lost", Fault::lost(Call::Submit));
        check("submit=silent*1", Fault::silent(Call::Submit).times(1));
        let empty = HttpResponse::json(200, Object::new());
        check("submit=no-id", Fault::misreported(Call::Submit, empty));
        let told = Fault::gateway(Call::Submit, 503, ON_PURPOSE).after_the_deed();
        check("submit=done+503*1", told.times(1));
    }

    #[test]
    fn what_is_no_fault_is_said_so() {
        for text in [
            "submit",
            "start=500",
            "run=failed",
            "submit=",
            "submit=99",
            "submit=099",
            "submit=600",
            "submit=4x0001",
            "submit=500*",
            "submit=500*many",
            "submit=429:soon",
            "submit=429:2:soon",
            "submit=done+",
            "submit=ééé",
        ] {
            let refused = text.parse::<Fault>();
            assert!(
                refused.is_err_and(|bad| bad.to_string().len() > 20),
                "{text}"
            );
        }
    }
}
