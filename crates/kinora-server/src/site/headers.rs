//! What every answer of the page's host says, so that a browser keeps others out of the page.
//!
//! The same list stands in the `_headers` file that `cargo xtask site` writes.

use std::path::Path;
use std::{fs, io};

use super::caching;

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

/// The `_headers` file of a site at `base`, which begins and ends with a slash. Netlify, Cloudflare
/// Pages and others read it: <https://docs.netlify.com/manage/routing/headers/>,
/// <https://developers.cloudflare.com/pages/configuration/headers/>. They revalidate by themselves,
/// so only what may be kept for ever is named.
///
/// # Errors
/// When the folder cannot be read.
pub(crate) fn file(dir: &Path, base: &str) -> io::Result<String> {
    let index = fs::read_to_string(dir.join("index.html"))?;
    let mut text = format!("{base}*\n");
    for (name, value) in of_page(&index) {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(dir)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    for name in names
        .iter()
        .filter(|name| caching::policy(name) == caching::KEEP)
    {
        text.push_str(&format!(
            "{base}{name}\n  cache-control: {}\n",
            caching::KEEP
        ));
    }
    Ok(text)
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

    #[test]
    fn a_static_host_is_told_the_same_and_what_to_keep() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["index.html", "app-9f0c5d2e7a1b3c44.js", "boot.js"] {
            fs::write(folder.path().join(name), "<p>").unwrap();
        }
        let text = file(folder.path(), "/kinora/").unwrap();
        assert!(text.starts_with("/kinora/*\n  cross-origin-opener-policy: same-origin\n"));
        assert!(text.contains("\n  x-content-type-options: nosniff\n"));
        let kept = "/kinora/app-9f0c5d2e7a1b3c44.js\n  cache-control: public, max-age=31536000, immutable\n";
        assert!(text.ends_with(kept), "{text}");
        assert!(!text.contains("boot.js"));
    }
}
