//! What every answer of the page's host says, so that a browser keeps others out of the page.
//!
//! The same list stands in the `_headers` file that `cargo xtask site` writes.

/// The headers of the page whose `index.html` this is. Its own content security policy comes too:
/// only as a header can it forbid to be framed.
pub(crate) fn of_page(index: &str) -> Vec<(&'static str, String)> {
    let policy = policy(index).map(|policy| {
        let policy = format!("{policy}; frame-ancestors 'none'");
        ("content-security-policy", policy)
    });
    let fixed = FIXED.map(|(name, value)| (name, value.to_owned()));
    policy.into_iter().chain(fixed).collect()
}

/// The content security policy in a page's `<meta>`.
fn policy(index: &str) -> Option<&str> {
    let (_, after) = index.split_once("http-equiv=\"Content-Security-Policy\"")?;
    let (_, content) = after.split_once("content=\"")?;
    content.split('"').next()
}

const FIXED: [(&str, &str); 5] = [
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    ),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_own_policy_also_forbids_framing() {
        let index = r#"<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'"><meta charset="utf-8">"#;
        let headers = of_page(index);
        assert_eq!(
            headers[0],
            (
                "content-security-policy",
                "default-src 'none'; img-src 'self'; frame-ancestors 'none'".to_owned()
            )
        );
        assert_eq!(headers.len(), 6);
        assert_eq!(of_page("<p>no policy</p>").len(), 5);
    }
}
