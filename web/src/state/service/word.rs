//! What was found at an address, in words: what it is, why, and what next.

use kinora::Severity;
use kinora::wire::probe::Greeting;
use kinora_browser::connect::Finding;

use super::{Look, Mode};

/// What was found, for a page of this origin, that has a token for the place or not. Nothing while
/// nothing is known.
pub(crate) fn told(
    look: Look,
    mode: Mode,
    page: &str,
    has_token: bool,
) -> Option<(Severity, String)> {
    let finding = match look {
        Look::Untried => return None,
        Look::Trying => return Some((Severity::Advice, TRYING.to_owned())),
        Look::Found(finding) => finding,
    };
    let (severity, words) = match mode {
        Mode::Demo => return None,
        Mode::Relay => of_relay(finding, has_token),
        Mode::Direct => of_direct(finding),
    };
    Some((severity, words.replace(PAGE, page)))
}

const fn of_relay(finding: Finding, has_token: bool) -> (Severity, &'static str) {
    match finding {
        Finding::Greeted(Greeting::Relay {
            passes_outputs: true,
        }) => (
            Severity::Advice,
            "A Kinora relay answers. It keeps the token.",
        ),
        Finding::Greeted(Greeting::Relay {
            passes_outputs: false,
        }) => (
            Severity::Advice,
            "A Kinora relay answers. It keeps the token. It passes no result files on, so a video \
             may play here that cannot be saved from here.",
        ),
        Finding::Greeted(Greeting::Service) => (
            Severity::Advice,
            "A service answers, such as the emulator. It is no relay, and that will do.",
        ),
        Finding::Greeted(Greeting::WantsToken) if has_token => (
            Severity::Unknown,
            "It does not know the secret that was entered. Ask its owner for it, and enter it again.",
        ),
        Finding::Greeted(Greeting::WantsToken) => (
            Severity::Unknown,
            "It wants a secret. Its owner has it: enter it below.",
        ),
        Finding::Greeted(Greeting::Stranger) => (
            Severity::Error,
            "Something else than a Kinora relay answers there. Check the address: a relay's path \
             belongs to it.",
        ),
        Finding::Unreadable => (
            Severity::Error,
            "Something answers, but keeps its answers from this page. If it is your relay, add \
             {page} to its `origins`; otherwise check the address.",
        ),
        Finding::Unreachable => (
            Severity::Error,
            "Nothing answers there. Check the address, and whether the relay is running.",
        ),
        Finding::Offline => (Severity::Error, OFFLINE),
        Finding::NotLoaded => (Severity::Unknown, NOT_LOADED),
    }
}

const fn of_direct(finding: Finding) -> (Severity, &'static str) {
    match finding {
        Finding::Greeted(Greeting::Service | Greeting::WantsToken) => (
            Severity::Advice,
            "The service answers, and lets this page ask with a token.",
        ),
        Finding::Greeted(Greeting::Relay { .. } | Greeting::Stranger) => (
            Severity::Error,
            "Something answers there that does not speak RunComfy's protocol. Check the address.",
        ),
        Finding::Unreadable => (
            Severity::Error,
            "The service is there, but does not let web pages ask (no CORS). So there is no direct \
             way from this page, and no token is taken. Use a relay: it asks instead of the page.",
        ),
        Finding::Unreachable => (
            Severity::Error,
            "Nothing answers there. Check the address and your connection.",
        ),
        Finding::Offline => (Severity::Error, OFFLINE),
        Finding::NotLoaded => (Severity::Unknown, NOT_LOADED),
    }
}

pub(super) const NO_RELAY: &str =
    "This is RunComfy itself, which is no relay. Take Direct for it, or give a relay's address.";

pub(super) const OTHER_NAME: &str = "Of this computer, pages can only ask 127.0.0.1 and localhost. \
                                     Write the address with one of them.";

const TRYING: &str = "Looking whether it answers…";
const OFFLINE: &str = "This browser is offline. Connect to the network, then check again.";
const NOT_LOADED: &str =
    "The part of Kinora that looks did not load. Check your connection, then check again.";

/// Where the page's origin goes.
const PAGE: &str = "{page}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_found_is_told_with_a_next_step_unless_it_is_well() {
        let greeted = [
            Greeting::Relay {
                passes_outputs: true,
            },
            Greeting::Relay {
                passes_outputs: false,
            },
            Greeting::Service,
            Greeting::WantsToken,
            Greeting::Stranger,
        ];
        let other = [
            Finding::Unreadable,
            Finding::Unreachable,
            Finding::Offline,
            Finding::NotLoaded,
        ];
        for finding in greeted.map(Finding::Greeted).into_iter().chain(other) {
            for mode in [Mode::Relay, Mode::Direct] {
                let look = Look::Found(finding);
                let page = "https://app.example.com";
                let (severity, words) = told(look, mode, page, false).unwrap();
                let forbids = severity == Severity::Error;
                assert_eq!(forbids, look.forbids(mode), "{words}");
                assert!(!words.contains('{'), "{words}");
                let steps = ["Check", "check", "Use", "Connect", "Enter", "enter", "add"];
                let has_step = steps.iter().any(|step| words.contains(step));
                assert_eq!(has_step, severity != Severity::Advice, "{words}");
            }
            assert_eq!(told(Look::Found(finding), Mode::Demo, "", false), None);
        }
    }

    #[test]
    fn a_secret_that_a_relay_does_not_know_is_told_from_none() {
        let look = Look::Found(Finding::Greeted(Greeting::WantsToken));
        let words = |has_token| told(look, Mode::Relay, "", has_token).unwrap().1;
        assert!(words(false).starts_with("It wants a secret."));
        assert!(words(true).contains("does not know the secret"));
    }

    #[test]
    fn a_relay_that_refuses_a_page_is_to_be_told_its_origin() {
        let look = Look::Found(Finding::Unreadable);
        let (_, words) = told(look, Mode::Relay, "https://app.example.com", false).unwrap();
        assert!(words.contains("add https://app.example.com to its `origins`"));
    }
}
