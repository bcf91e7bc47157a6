//! What is kept of the connection: everything but tokens.

use kinora::{Object, Value};

use super::Mode;

/// The connection as it was left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(super) mode: Mode,
    /// The relay's address; empty for the page's own host.
    pub(super) relay: String,
    /// The service's address; empty for RunComfy's.
    pub(super) direct: String,
    /// The bases that a token is kept for.
    pub(super) remembered: Vec<String>,
}

impl Settings {
    /// As they are kept.
    pub(crate) fn to_value(&self) -> Value {
        let remembered = self.remembered.iter().map(|base| base.as_str().into());
        let mode = match self.mode {
            Mode::Demo => "demo",
            Mode::Relay => RELAY,
            Mode::Direct => DIRECT,
        };
        Object::new()
            .with(MODE, mode)
            .with(RELAY, self.relay.as_str())
            .with(DIRECT, self.direct.as_str())
            .with(REMEMBERED, Value::List(remembered.collect()))
            .into()
    }

    /// What was kept. Whatever is missing is as on the first visit.
    pub(crate) fn of(kept: &Object) -> Self {
        let Some(mode) = kept.text(MODE) else {
            return Self::of_first_format(kept);
        };
        let text = |key| kept.text(key).unwrap_or_default().to_owned();
        let remembered = kept.get(REMEMBERED).and_then(Value::as_list);
        let remembered = remembered.unwrap_or_default().iter();
        Self {
            mode: match mode {
                RELAY => Mode::Relay,
                DIRECT => Mode::Direct,
                _ => Mode::Demo,
            },
            relay: text(RELAY),
            direct: text(DIRECT),
            remembered: remembered
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
        }
    }

    /// There was one address, and whether it is RunComfy's.
    fn of_first_format(kept: &Object) -> Self {
        let is = |key| kept.get(key).and_then(Value::as_bool).unwrap_or(false);
        let base = kept.text("base").unwrap_or_default().to_owned();
        let (mode, relay, direct) = if is("is_runcomfy") {
            (Mode::Direct, String::new(), base)
        } else {
            (Mode::Relay, base, String::new())
        };
        Self {
            mode: if is("is_service") { mode } else { Mode::Demo },
            relay,
            direct,
            remembered: Vec::new(),
        }
    }
}

const MODE: &str = "mode";
const RELAY: &str = "relay";
const DIRECT: &str = "direct";
const REMEMBERED: &str = "remembered";

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kept: &Object, mode: Mode, relay: &str, direct: &str) {
        let settings = Settings::of(kept);
        let found = (settings.mode, &*settings.relay, &*settings.direct);
        assert_eq!(found, (mode, relay, direct));
    }

    #[test]
    fn what_was_kept_comes_back() {
        for mode in [Mode::Demo, Mode::Relay, Mode::Direct] {
            let settings = Settings {
                mode,
                relay: "https://relay.example.com".to_owned(),
                direct: "https://a.example.com".to_owned(),
                remembered: vec!["https://a.example.com".to_owned()],
            };
            let kept = settings.to_value();
            assert_eq!(Settings::of(kept.as_object().unwrap()), settings);
        }
    }

    #[test]
    fn the_first_format_is_still_read() {
        let first = |is_service, base: &str, is_runcomfy| {
            Object::new()
                .with("is_service", is_service)
                .with("base", base)
                .with("is_runcomfy", is_runcomfy)
        };
        let base = "https://a.example.com";
        check(&first(true, base, false), Mode::Relay, base, "");
        check(&first(true, base, true), Mode::Direct, "", base);
        check(&first(false, base, false), Mode::Demo, base, "");
        check(&Object::new(), Mode::Demo, "", "");
    }
}
