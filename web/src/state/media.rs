//! The video on the stage.

use kinora::wire::route;
use kinora::{Connection, HostKind, Media, MediaKind, Reach, SourceUrl};

use super::host::is_demo;

/// A video that can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ResultView {
    /// For `src`: an object URL, or an `https:` address.
    pub(crate) url: String,
    /// Name for the saved file.
    pub(crate) file_name: String,
    /// Whether the page may read it. While it may, show it with `crossorigin="anonymous"`; when
    /// the player then fails call [`Stage::media_failed`](super::Stage::media_failed), which
    /// turns this off. Show it without `crossorigin` then: it plays, but cannot be saved from here.
    pub(crate) readable: bool,
    /// Whether it still plays nowhere: its host is gone, or it is no video.
    pub(crate) broken: bool,
    /// Whether it is a file of this page: a render of the demo, or what the relay passed on.
    pub(crate) is_here: bool,
}

impl ResultView {
    /// What follows when the player could not show it.
    pub(super) fn failed(&mut self) {
        self.broken = self.is_here || !self.readable;
        self.readable = self.is_here;
    }
}

/// The video among a job's files.
pub(super) fn video(files: &[Media]) -> Option<&Media> {
    let of_kind = |kind| files.iter().find(move |media| media.kind == kind);
    of_kind(MediaKind::Video).or_else(|| of_kind(MediaKind::Other))
}

/// The address to show a file from; nothing when it is none that may be fetched over this
/// connection.
pub(super) fn address(media: &Media, connection: &Connection) -> Option<String> {
    let reach = match connection.reach() {
        Reach::Loopback => Reach::Loopback,
        Reach::Internet | Reach::Page => Reach::Internet,
    };
    let url = SourceUrl::parse(&media.url, reach).ok()?;
    Some(url.as_str().to_owned())
}

/// Where the connection's relay passes a file on, if it is one of ours.
pub(super) fn passed_on(media: &Media, connection: &Connection) -> Option<String> {
    let is_relay = connection.host() == HostKind::Kinora && !is_demo(connection);
    is_relay.then(|| format!("{}{}", connection.base(), route::output(&media.url)))
}

/// A name for a saved video: words of the title, then the end of the request's id.
pub(super) fn file_name(title: &str, id: &str, url: &str) -> String {
    let mut name = "kinora".to_owned();
    let words = title.split(|letter: char| letter.is_ascii() && !letter.is_ascii_alphanumeric());
    for word in words.filter(|word| !word.is_empty()).take(WORDS) {
        name.push('-');
        name.push_str(&word.to_ascii_lowercase());
    }
    let end = id.len().saturating_sub(ID_CHARS);
    name.push('-');
    name.push_str(id.get(end..).unwrap_or(id));
    name.push_str(extension(url));
    name
}

fn extension(url: &str) -> &'static str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    if path.to_ascii_lowercase().ends_with(".webm") {
        ".webm"
    } else {
        ".mp4"
    }
}

/// Words of the title that go into a file's name.
const WORDS: usize = 5;
/// Characters of the request's id that go into a file's name.
const ID_CHARS: usize = 6;

#[cfg(test)]
mod tests {
    use kinora::BaseUrl;

    use super::*;

    fn media(kind: MediaKind, url: &str) -> Media {
        Media {
            kind,
            url: url.to_owned(),
        }
    }

    #[test]
    fn a_video_is_preferred_and_an_image_is_none() {
        let video_url = |files: &[Media]| video(files).map(|media| media.url.clone());
        let image = media(MediaKind::Image, "i");
        let other = media(MediaKind::Other, "o");
        let film = media(MediaKind::Video, "v");
        let all = [image.clone(), other.clone(), film];
        assert_eq!(video_url(&all).as_deref(), Some("v"));
        assert_eq!(video_url(&all[..2]).as_deref(), Some("o"));
        assert_eq!(video_url(&[image]), None);
    }

    #[test]
    fn only_addresses_that_fit_the_connection_are_shown() {
        let shown = |base, url| {
            let connection = Connection::new(BaseUrl::parse(base).unwrap(), HostKind::Kinora);
            address(&media(MediaKind::Video, url), &connection).is_some()
        };
        let (far, here) = ("https://relay.example.com", "http://127.0.0.1:8787");
        assert!(shown(far, "https://cdn.example.com/a.mp4"));
        assert!(!shown(far, "http://cdn.example.com/a.mp4"));
        assert!(!shown(far, "http://127.0.0.1/a.mp4"));
        assert!(shown(here, "http://127.0.0.1:8787/a.mp4"));
        for base in [far, here] {
            for url in [
                "javascript:alert(1)",
                "data:video/mp4,x",
                "blob:x",
                "",
                "a.mp4",
            ] {
                assert!(!shown(base, url), "{url}");
            }
        }
    }

    #[test]
    fn only_a_relay_passes_files_on() {
        let base = |text| BaseUrl::parse(text).unwrap();
        let film = media(MediaKind::Video, "https://cdn.example.com/a.mp4?b");
        let relay = Connection::new(base("https://relay.example.com/k"), HostKind::Kinora);
        assert_eq!(
            passed_on(&film, &relay).as_deref(),
            Some(
                "https://relay.example.com/k/v1/outputs?url=https%3A%2F%2Fcdn.example.com%2Fa.mp4%3Fb"
            )
        );
        let direct = Connection::new(base("https://relay.example.com"), HostKind::RunComfy);
        assert_eq!(passed_on(&film, &direct), None);
        assert_eq!(passed_on(&film, &Connection::demo()), None);
    }

    #[test]
    fn a_saved_file_is_named_after_its_prompt() {
        let check = |title, id, url, wanted| assert_eq!(file_name(title, id, url), wanted);
        check(
            "Mist drifts, over the water while",
            "1234567890",
            "https://a/b.mp4?x=.webm",
            "kinora-mist-drifts-over-the-water-567890.mp4",
        );
        check("../..", "ab", "x.WEBM", "kinora-ab.webm");
        check("Nebel über", "é1", "", "kinora-nebel-über-é1.mp4");
    }

    #[test]
    fn a_player_that_fails_twice_is_broken() {
        let mut result = ResultView {
            url: String::new(),
            file_name: String::new(),
            readable: true,
            broken: false,
            is_here: false,
        };
        result.failed();
        assert_eq!((result.readable, result.broken), (false, false));
        result.failed();
        assert_eq!((result.readable, result.broken), (false, true));
    }
}
