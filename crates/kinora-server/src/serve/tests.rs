//! The relay over real sockets of this machine. The service is a script; time is virtual, so that
//! whatever waits for a time-out is through at once.

use std::sync::Mutex;
use std::time::Duration;

use kinora_relay::{Budgets, Callers, ModelPattern, OriginRule, OutputHosts, Policy, Secret};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::*;

mod bad;
mod fault;
mod file;
mod page;
mod pass;

const TOKEN: &str = "token-4f1b9d2e7a";
const SUBMIT: &str = "/v1/models/wan-ai/wan-2-2/image-to-video";
const ACCEPTED: &str = r#"{"request_id":"r1","status_url":"https://x/"}"#;

/// What the service does with a request.
#[derive(Clone)]
enum Act {
    /// Says this, byte by byte as it stands.
    Say(String),
    /// Says this and goes away.
    SayAndCut(String),
    /// Goes away without a word.
    Cut,
    /// Says nothing and stays.
    Nothing,
}

impl Act {
    fn answer(status: u16, body: &str) -> Self {
        let length = body.len();
        Self::Say(format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        ))
    }
}

/// A service that does the same with every request, and remembers them.
struct Service {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Service {
    async fn that(act: Act) -> Self {
        Self::at("127.0.0.1:0".parse().unwrap(), act).await
    }

    async fn at(address: SocketAddr, act: Act) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&heard);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(perform(stream, act.clone(), Arc::clone(&log)));
            }
        });
        Self { address, heard }
    }

    fn base(&self) -> BaseUrl {
        BaseUrl::parse(&format!("http://{}", self.address)).unwrap()
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

async fn perform(mut stream: TcpStream, act: Act, log: Arc<Mutex<Vec<String>>>) {
    while let Some(request) = one_request(&mut stream).await {
        log.lock().unwrap().push(request);
        match &act {
            Act::Say(text) => stream.write_all(text.as_bytes()).await.unwrap(),
            Act::SayAndCut(text) => {
                stream.write_all(text.as_bytes()).await.unwrap();
                return;
            }
            Act::Cut => return,
            Act::Nothing => std::future::pending().await,
        }
    }
}

/// The text of one request, as far as its length says.
async fn one_request(stream: &mut TcpStream) -> Option<String> {
    let mut text = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let read = stream
            .read(&mut piece)
            .await
            .ok()
            .filter(|read| *read > 0)?;
        text.extend_from_slice(&piece[..read]);
        let whole = String::from_utf8_lossy(&text).into_owned();
        let Some((head, body)) = whole.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        let length = length.map_or(0, |length| length.parse::<usize>().unwrap());
        if body.len() >= length {
            return Some(whole);
        }
    }
}

/// A relay that lets everything sensible pass.
fn open(service: &Service) -> Policy {
    let public = BaseUrl::parse("https://relay.example.com").unwrap();
    Policy {
        origins: vec![OriginRule::parse("https://app.example.com").unwrap()],
        callers: Callers::Anybody,
        models: vec![ModelPattern::parse("wan-ai/**").unwrap()],
        outputs: Some(OutputHosts::default().with_place(&service.base())),
        budgets: Budgets {
            requests_per_minute: 100_000,
            submits_per_hour: 1000,
            jobs_at_once: 1000,
        },
        ..Policy::closed(service.base(), public)
    }
}

/// A running relay.
struct Running {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    served: tokio::task::JoinHandle<()>,
    host: Arc<Host>,
}

async fn start(policy: Policy) -> Running {
    let token = Secret::parse(TOKEN).ok();
    let upstream = Upstream::new(&policy.service.clone(), token.as_ref(), &policy.limits).unwrap();
    let host = Arc::new(Host::new(Relay::new(policy, token), upstream, Vec::new()));
    let options = Flags::try_parse_from(["kinora", "--no-app"])
        .unwrap()
        .options;
    let config = Config::read(&options, Some(TOKEN)).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = watch::channel(false);
    let router = router(Arc::clone(&host), &config).unwrap();
    let served = tokio::spawn(connection::serve(listener, router, stopped));
    Running {
        address,
        stop,
        served,
        host,
    }
}

#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    options: Options,
}

impl Running {
    /// What comes back for these very bytes, until the relay closes the connection.
    async fn say(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        // Who is not heard out may find the connection closed.
        let _ = stream.write_all(bytes).await;
        to_end(&mut stream).await
    }

    async fn get(&self, target: &str, headers: &str) -> String {
        let text =
            format!("GET {target} HTTP/1.1\r\nhost: relay\r\nconnection: close\r\n{headers}\r\n");
        self.say(text.as_bytes()).await
    }

    async fn submit(&self, headers: &str) -> String {
        self.say(submit(headers).as_bytes()).await
    }
}

fn submit(headers: &str) -> String {
    let body = "{\"prompt\":\"the secret garden\",\"img_url\":\"https://example.com/private.jpg\"}";
    format!(
        "POST {SUBMIT} HTTP/1.1\r\nhost: relay\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n{headers}\r\n{body}",
        body.len()
    )
}

async fn to_end(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    // A reset is an end too.
    let _ = stream.read_to_end(&mut all).await;
    String::from_utf8_lossy(&all).into_owned()
}

fn status(answer: &str) -> u16 {
    let status = answer.split(' ').nth(1).unwrap_or_default();
    status.parse().unwrap_or_default()
}

fn has(answer: &str, header: &str) -> bool {
    answer.lines().any(|line| line == header)
}
