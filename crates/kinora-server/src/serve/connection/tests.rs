//! Over real sockets of this machine; time is virtual.

use axum::routing::get;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: relay\r\nconnection: close\r\n\r\n";

#[tokio::test(start_paused = true)]
async fn who_takes_nothing_of_what_is_sent_is_let_go() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let _deaf = TcpStream::connect(listener.local_addr().unwrap())
        .await
        .unwrap();
    let (stream, _) = listener.accept().await.unwrap();
    let mut patient = Patient::new(stream);
    let began = Instant::now();
    // More than sockets hold.
    let sent = patient.write_all(&vec![0; 64 << 20]).await;
    assert_eq!(sent.unwrap_err().kind(), io::ErrorKind::TimedOut);
    let waited = began.elapsed();
    assert!(waited >= WRITE_TIMEOUT, "{waited:?}");
    assert!(waited < 2 * WRITE_TIMEOUT, "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn one_more_than_the_most_waits_until_another_goes() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/", get(|| async { "ok" }));
    let (_wish, stop) = watch::channel(false);
    let serving = tokio::spawn(serve(listener, router, stop));
    let mut others = Vec::new();
    for _ in 0..CONNECTIONS_AT_MOST {
        others.push(TcpStream::connect(address).await.unwrap());
    }
    let mut late = TcpStream::connect(address).await.unwrap();
    late.write_all(REQUEST).await.unwrap();
    let mut answer = String::new();
    let heard = timeout(HEAD_TIMEOUT / 2, late.read_to_string(&mut answer)).await;
    assert!(heard.is_err(), "{answer}");
    others.pop();
    late.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    serving.abort();
}
