use std::io::{Read, Write};
use std::net::TcpStream;

use super::*;

/// The emulator on a port of its own, for as long as the test runs.
struct Served {
    address: SocketAddr,
}

impl Served {
    async fn new(line: &str) -> Self {
        let options = options(line);
        let listener = listen(0).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(serve_on(listener, options, std::future::pending()));
        Self { address }
    }

    fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).expect("a connection")
    }

    /// Asks on a connection and reads until the server closes it.
    async fn last(&self, mut stream: TcpStream, request: String) -> String {
        let read = move || {
            stream.write_all(request.as_bytes()).expect("it is written");
            let mut answer = String::new();
            stream
                .read_to_string(&mut answer)
                .expect("text, then the end");
            answer
        };
        tokio::task::spawn_blocking(read).await.expect("no panic")
    }
}

fn submit(connection: &str) -> String {
    format!(
        "POST /v1/models/wan-ai/wan-2-2/image-to-video HTTP/1.1\r\nHost: x\r\nKinora-Intent: i-1\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: {connection}\r\n\r\n{INPUT}",
        INPUT.len()
    )
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_submit_is_answered_with_urls_of_this_very_port() {
    let served = Served::new("").await;
    let answer = served.last(served.connect(), submit("close")).await;
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    assert!(head.to_ascii_lowercase().contains("\r\ndate: "), "{head}");
    let url = format!(
        "http://{}/v1/requests/e220a8397b1dcdaf-1/status",
        served.address
    );
    assert_eq!(value(body, "status_url"), Some(Value::from(url)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_a_connection_closed_without_a_byte_and_one_job() {
    let served = Served::new("--fault lose-first-submit").await;
    let first = served.last(served.connect(), submit("keep-alive")).await;
    assert_eq!(first, "");
    let second = served.last(served.connect(), submit("close")).await;
    assert!(second.contains("e220a8397b1dcdaf-1"), "{second}");
    let log = served.last(served.connect(), get("/emulator/log")).await;
    assert!(log.contains(r#""jobs_accepted":1"#), "{log}");
    assert!(
        log.contains(r#""POST /v1/models/wan-ai/wan-2-2/image-to-video":2"#),
        "{log}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unheard_call_is_a_closed_connection_and_no_job() {
    let served = Served::new("--fault submit=unheard").await;
    assert_eq!(
        served.last(served.connect(), submit("keep-alive")).await,
        ""
    );
    let log = served.last(served.connect(), get("/emulator/log")).await;
    assert!(log.contains(r#""jobs_accepted":0"#), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_connection_leaves_the_others_alone() {
    let served = Served::new("--fault lose-first-submit").await;
    let other = served.connect();
    assert_eq!(
        served.last(served.connect(), submit("keep-alive")).await,
        ""
    );
    let answer = served
        .last(other, get("/v1/requests/e220a8397b1dcdaf-1/result"))
        .await;
    assert!(answer.contains(r#""status":"succeeded""#), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_comes_whole_over_a_socket() {
    let served = Served::new("").await;
    let request = get("/outputs/a.mp4").replace("GET", "HEAD");
    let answer = served
        .last(served.connect(), request)
        .await
        .to_ascii_lowercase();
    assert!(answer.contains("content-type: video/mp4\r\n"), "{answer}");
    assert!(answer.contains("content-length: 85781\r\n"), "{answer}");
}
