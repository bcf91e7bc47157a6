//! What goes wrong on purpose, as the command line says it.

use std::str::FromStr;

use kinora_emulator::{BadFault, Failing, Fault};

/// Something that goes wrong: at a call, or while a job is made.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mishap {
    /// At a call.
    Call(Fault),
    /// In the making.
    Run(Failing),
}

impl FromStr for Mishap {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "lose-first-submit" {
            return Self::from_str("submit=lost*1");
        }
        match text.strip_prefix("run=failed") {
            Some("") => Ok(Self::Run(Failing::All)),
            Some(times) => {
                let times = times.strip_prefix('*').and_then(|times| times.parse().ok());
                let failing = times.map(|times| Self::Run(Failing::First(times)));
                failing
                    .ok_or_else(|| "write it as run=failed*TIMES, such as run=failed*1".to_owned())
            }
            None => text.parse().map(Self::Call).map_err(|bad: BadFault| {
                format!("{bad}; `kinora emulate --help` lists what can go wrong")
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use kinora::retry::Call;

    use super::*;

    #[test]
    fn a_mishap_is_a_fault_or_a_failing_job() {
        let lost = Fault::lost(Call::Submit).times(1);
        assert_eq!("lose-first-submit".parse(), Ok(Mishap::Call(lost)));
        assert_eq!("run=failed*2".parse(), Ok(Mishap::Run(Failing::First(2))));
        assert_eq!("run=failed".parse(), Ok(Mishap::Run(Failing::All)));
        for text in [
            "run=500",
            "run=failed*",
            "run=failed*x",
            "submit=failed",
            "submit",
        ] {
            let refused = text.parse::<Mishap>();
            assert!(refused.is_err_and(|words| words.len() > 20), "{text}");
        }
    }
}
