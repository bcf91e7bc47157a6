//! Faults as the command line writes them.

use std::str::FromStr;
use std::time::Duration;

use kinora::retry::Call;
use kinora::{HttpResponse, Object};
use kinora_emulator::Fault;

/// Something that goes wrong: at a call, or while a job is made.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Mishap {
    /// At a call.
    Call(Fault),
    /// In the making, so often; always when absent.
    Run(Option<u32>),
}

impl Mishap {
    pub(super) fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Call(fault) => Some(fault),
            Self::Run(_) => None,
        }
    }
}

impl FromStr for Mishap {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "lose-first-submit" {
            return Ok(Self::Call(Fault::lost(Call::Submit).times(1)));
        }
        let (place, what) = text
            .split_once('=')
            .ok_or("write it as CALL=WHAT, such as submit=429")?;
        let (what, times) = match what.split_once('*') {
            Some((what, times)) => (what, Some(number(times)?)),
            None => (what, None),
        };
        if place == "run" {
            let known = what == "failed";
            return known
                .then_some(Self::Run(times))
                .ok_or_else(|| unknown(what));
        }
        let fault = fault(call(place)?, what)?;
        Ok(Self::Call(Fault { times, ..fault }))
    }
}

fn call(text: &str) -> Result<Call, String> {
    match text {
        "submit" => Ok(Call::Submit),
        "status" => Ok(Call::Status),
        "result" => Ok(Call::Result),
        "cancel" => Ok(Call::Cancel),
        _ => Err(format!(
            "\"{text}\" is none of submit, status, result, cancel and run"
        )),
    }
}

fn fault(on: Call, what: &str) -> Result<Fault, String> {
    match what {
        "html" => return Ok(Fault::web_page(on)),
        "not-accepted" => return Ok(Fault::not_accepted(on)),
        "unheard" => return Ok(Fault::unheard(on)),
        "lost" => return Ok(Fault::lost(on)),
        "no-id" => {
            return Ok(Fault::misreported(
                on,
                HttpResponse::json(200, Object::new()),
            ));
        }
        _ => {}
    }
    if let Some(seconds) = what.strip_prefix("429:") {
        return Ok(Fault::too_many(
            on,
            Some(Duration::from_secs(number(seconds)?)),
        ));
    }
    if let Some((status, code)) = what.split_once('/') {
        return Ok(Fault::numbered(
            on,
            status_code(status)?,
            number(code)?,
            ON_PURPOSE,
        ));
    }
    match what.len() {
        6 => Ok(Fault::numbered(
            on,
            status_code(what.get(..3).unwrap_or_default())?,
            number(what)?,
            ON_PURPOSE,
        )),
        3 if what == "429" => Ok(Fault::too_many(on, None)),
        3 => Ok(Fault::gateway(on, status_code(what)?, ON_PURPOSE)),
        _ => Err(unknown(what)),
    }
}

fn status_code(text: &str) -> Result<u16, String> {
    let status = number(text)?;
    let known = (200..=599).contains(&status);
    known
        .then_some(status)
        .ok_or_else(|| format!("{status} is no HTTP status of an answer"))
}

fn number<T: FromStr>(text: &str) -> Result<T, String> {
    text.parse()
        .map_err(|_| format!("\"{text}\" is not a number that fits here"))
}

fn unknown(what: &str) -> String {
    format!("\"{what}\" is nothing that can go wrong; `kinora emulate --help` lists what can")
}

const ON_PURPOSE: &str = "This goes wrong on purpose.";

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: Fault) {
        assert_eq!(text.parse(), Ok(Mishap::Call(wanted)), "{text}");
    }

    #[test]
    fn every_fault_of_the_help_is_read() {
        check("lose-first-submit", Fault::lost(Call::Submit).times(1));
        check("submit=429", Fault::too_many(Call::Submit, None));
        check(
            "status=429:2*3",
            Fault::too_many(Call::Status, Some(Duration::from_secs(2))).times(3),
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
        check(
            "submit=no-id",
            Fault::misreported(Call::Submit, HttpResponse::json(200, Object::new())),
        );
        assert_eq!("run=failed*2".parse(), Ok(Mishap::Run(Some(2))));
        assert_eq!("run=failed".parse(), Ok(Mishap::Run(None)));
    }

    #[test]
    fn what_is_no_fault_is_said_so() {
        for text in [
            "submit",
            "start=500",
            "submit=",
            "submit=99",
            "submit=099",
            "submit=600",
            "submit=4x0001",
            "submit=500*",
            "submit=500*many",
            "submit=429:soon",
            "run=500",
            "submit=failed",
        ] {
            let refused = text.parse::<Mishap>();
            assert!(refused.is_err_and(|words| words.len() > 20), "{text}");
        }
    }
}
