//! Twenty thousand bad requests: of every kind, then damaged anywhere. None reaches the service that
//! should not, none breaks or stops the relay, and the token is told to nobody, nor to the log.

use std::panic;
use std::thread::{self, ThreadId};

use serde_json::Value;

use super::*;

mod kind;
use kind::kinds;

#[tokio::test(start_paused = true)]
async fn ten_thousand_bad_requests_of_every_kind_are_refused_each_with_its_reason() {
    let watched = Watched::begin();
    let service = Service::that(Act::answer(200, "{}")).await;
    let relay = start(open(&service)).await;
    let kinds = kinds();
    let mut chance = Chance(1);
    for round in 0..REQUESTS {
        let kind = &kinds[chance.below(kinds.len())];
        let answer = relay.say(&kind.bytes(&garnish(&mut chance))).await;
        assert!(kind.fits(&answer), "{kind} in round {round}: {answer:?}");
        assert!(!answer.contains(TOKEN), "{kind}: {answer}");
    }
    assert_eq!(service.heard(), [""; 0]);
    assert_eq!(status(&relay.get("/v1/models", "").await), 200);
    assert!(watched.log().lines().count() > REQUESTS / 2, "it is told");
    watched.end();
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_damaged_requests_break_nothing_and_stop_nothing() {
    let watched = Watched::begin();
    let service = Service::that(Act::answer(200, ACCEPTED)).await;
    let relay = start(open(&service)).await;
    let mut whole: Vec<_> = kinds().iter().map(|kind| kind.bytes("")).collect();
    whole.retain(|bytes| bytes.len() < 4096);
    whole.push(submit("kinora-intent: wish\r\norigin: https://app.example.com\r\n").into_bytes());
    whole.push(submit("").into_bytes());
    let mut chance = Chance(2);
    for round in 0..REQUESTS {
        let mut bytes = whole[chance.below(whole.len())].clone();
        for _ in 0..=chance.below(3) {
            damage(&mut bytes, &mut chance);
        }
        let told = || String::from_utf8_lossy(&bytes).into_owned();
        let answer = tokio::time::timeout(PATIENCE, relay.say(&bytes)).await;
        let answer = answer.unwrap_or_else(|_| panic!("round {round} hangs: {}", told()));
        assert!(status(&answer) < 500, "{round}: {} {answer}", told());
        assert!(!answer.contains(TOKEN), "{round}: {} {answer}", told());
    }
    assert_eq!(status(&relay.get("/v1/models", "").await), 200);
    watched.end();
}

#[tokio::test]
async fn a_body_that_grows_beyond_the_limit_is_not_read_to_the_end() {
    let service = Service::that(Act::answer(200, "{}")).await;
    let relay = start(open(&service)).await;
    let mut text = format!(
        "POST {SUBMIT} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    for _ in 0..40 {
        text.push_str(&format!("10000\r\n{}\r\n", "x".repeat(0x10000)));
    }
    let answer = relay.say(text.as_bytes()).await;
    assert!([413, 0].contains(&status(&answer)), "{answer}");
    assert_eq!(service.heard(), [""; 0]);
}

/// Headers that a relay may get besides, the token among them: whoever knows it learns nothing.
fn garnish(chance: &mut Chance) -> String {
    let headers = [
        format!("authorization: Bearer {TOKEN}"),
        format!("cookie: {TOKEN}"),
        format!("x-forwarded-for: {TOKEN}"),
        format!("referer: https://a.example/{TOKEN}"),
        format!("user-agent: {TOKEN}"),
        "range: bytes=0-".to_owned(),
        "accept-encoding: br".to_owned(),
    ];
    let taken = headers.iter().filter(|_| chance.below(4) == 0);
    taken.map(|header| format!("{header}\r\n")).collect()
}

/// Changes a request in one place.
fn damage(bytes: &mut Vec<u8>, chance: &mut Chance) {
    if bytes.is_empty() {
        return;
    }
    let at = chance.below(bytes.len());
    let end = (at + 1 + chance.below(12)).min(bytes.len());
    match chance.below(7) {
        0 => bytes[at] ^= 1 << chance.below(8),
        1 => bytes.truncate(at),
        2 => drop(bytes.drain(at..end)),
        3 => {
            let copy = bytes[at..end].to_vec();
            bytes.splice(at..at, copy);
        }
        4 => drop(bytes.splice(at..at, *b"\r\n")),
        5 => drop(bytes.splice(at..at, TOKEN.bytes())),
        _ => bytes[at] = chance.next() as u8,
    }
}

/// Numbers that are the same each time: <https://prng.di.unimi.it/splitmix64.c>.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() % most as u64) as usize
    }
}

/// What the relay of this thread tells, and whether anything of it panics. Tasks run on the thread
/// of their test, where a panic of theirs would be a closed connection and nothing more.
struct Watched {
    log: Arc<Mutex<Vec<u8>>>,
    _told: tracing::subscriber::DefaultGuard,
}

static PANICKED: Mutex<Vec<ThreadId>> = Mutex::new(Vec::new());

impl Watched {
    fn begin() -> Self {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            PANICKED.lock().unwrap().push(thread::current().id());
            before(info);
        }));
        let log = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&log);
        let told = tracing_subscriber::fmt()
            .with_writer(move || Kept(Arc::clone(&kept)))
            .finish();
        Self {
            log,
            _told: tracing::subscriber::set_default(told),
        }
    }

    fn log(&self) -> String {
        String::from_utf8_lossy(&self.log.lock().unwrap()).into_owned()
    }

    fn end(self) {
        let here = thread::current().id();
        assert!(!PANICKED.lock().unwrap().contains(&here), "a task panicked");
        assert!(!self.log().contains(TOKEN), "the log tells the token");
    }
}

struct Kept(Arc<Mutex<Vec<u8>>>);

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const REQUESTS: usize = 10_000;
/// Longer than anything is waited for; time is virtual.
const PATIENCE: Duration = Duration::from_secs(300);
