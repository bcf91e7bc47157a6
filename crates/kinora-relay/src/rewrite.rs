//! The service's answers as callers get them: three URLs lead to the relay, all else stays.

use kinora::wire::{key, route};
use kinora::{BaseUrl, RequestId};

use crate::json::{self, Document};

/// The text with the top-level `status_url`, `result_url` and `cancel_url` under `public`. They are
/// written from the job's checked id, never from what they were; without an id they lead nowhere.
pub(crate) fn rewrite(document: &Document<'_>, id: Option<&RequestId>, public: &BaseUrl) -> String {
    let whole = document.whole();
    let mut rewritten = String::with_capacity(whole.len());
    let mut from = 0;
    for member in document.members() {
        let Some(path) = path_of(&member.key) else {
            continue;
        };
        rewritten.push_str(whole.get(from..member.value.start).unwrap_or_default());
        rewritten.push_str(&match id {
            Some(id) => json::quote(&format!("{public}{}", path(id))),
            None => "null".to_owned(),
        });
        from = member.value.end;
    }
    rewritten.push_str(whole.get(from..).unwrap_or_default());
    rewritten
}

fn path_of(key: &str) -> Option<fn(&RequestId) -> String> {
    match key {
        key::STATUS_URL => Some(route::status),
        key::RESULT_URL => Some(route::result),
        key::CANCEL_URL => Some(route::cancel),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, id: Option<&str>, wanted: &str) {
        let document = Document::read(text.as_bytes(), 9, &mut |_| {}).unwrap();
        let id = id.map(|id| RequestId::parse(id).unwrap());
        let public = BaseUrl::parse("https://relay.example.com/kinora").unwrap();
        assert_eq!(rewrite(&document, id.as_ref(), &public), wanted, "{text}");
    }

    #[test]
    fn three_urls_lead_to_the_relay_and_every_other_byte_stays() {
        check(
            "{ \"request_id\":\"a\", \"status_url\" : \"https://model-api.runcomfy.net/v1/requests/a/status\",\
             \"result_url\":\"x\",\"cancel_url\":\"https://evil.com/\", \"big\":9007199254740993.0, \"other_url\":\"https://model-api.runcomfy.net/\" }\n",
            Some("a"),
            "{ \"request_id\":\"a\", \"status_url\" : \"https://relay.example.com/kinora/v1/requests/a/status\",\
             \"result_url\":\"https://relay.example.com/kinora/v1/requests/a/result\",\
             \"cancel_url\":\"https://relay.example.com/kinora/v1/requests/a/cancel\", \"big\":9007199254740993.0, \"other_url\":\"https://model-api.runcomfy.net/\" }\n",
        );
    }

    #[test]
    fn only_the_top_level_is_rewritten() {
        for text in [
            r#"{"output":{"status_url":"https://a.runcomfy.net/x"}}"#,
            r#"[{"result_url":"x"}]"#,
            r#""cancel_url""#,
        ] {
            check(text, Some("a"), text);
        }
    }

    #[test]
    fn keys_are_known_however_they_are_written() {
        check(
            r#"{"status\u005furl":{"a":[1]},"status_url":1}"#,
            Some("a"),
            r#"{"status\u005furl":"https://relay.example.com/kinora/v1/requests/a/status","status_url":"https://relay.example.com/kinora/v1/requests/a/status"}"#,
        );
    }

    #[test]
    fn without_a_job_they_lead_nowhere() {
        check(
            r#"{"status_url":"https://evil.com/","a":1}"#,
            None,
            r#"{"status_url":null,"a":1}"#,
        );
    }
}
