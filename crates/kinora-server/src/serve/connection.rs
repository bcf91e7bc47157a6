//! Connections, none of which lasts without doing anything.
//!
//! A request's head has a time in which it must have come, a body one that its reader keeps, and a
//! caller who does not take what is sent is let go. The number of connections has an end.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, Sleep, sleep, timeout};
use tower::ServiceExt;

/// Where a request's connection comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) IpAddr);

/// Serves until it is told to stop, and then until every request was answered, but not for ever.
pub(super) async fn serve(listener: TcpListener, router: Router, mut stop: watch::Receiver<bool>) {
    let room = Arc::new(Semaphore::new(CONNECTIONS_AT_MOST));
    let graceful = GracefulShutdown::new();
    let server = server();
    loop {
        let accepted = async {
            let place = Arc::clone(&room).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            accepted = accepted => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let Ok((stream, address)) = accepted else {
            // Too many open files, most likely: others are about to be closed.
            sleep(A_MOMENT).await;
            continue;
        };
        let connection = serve_one(&server, &router, stream, address);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // An error is the caller's: it went away, or was too slow.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    // Who is still there then is cut off.
    let _ = timeout(LAST_ANSWERS, graceful.shutdown()).await;
}

fn server() -> auto::Builder<TokioExecutor> {
    let mut server = auto::Builder::new(TokioExecutor::new());
    server
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(HEAD_BYTES);
    server
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(HEAD_TIMEOUT)
        .keep_alive_timeout(HEAD_TIMEOUT)
        .max_header_list_size(HEAD_BYTES as u32)
        .max_concurrent_streams(STREAMS_AT_MOST);
    server
}

fn serve_one(
    server: &auto::Builder<TokioExecutor>,
    router: &Router,
    stream: TcpStream,
    address: SocketAddr,
) -> impl hyper_util::server::graceful::GracefulConnection<
    Error = Box<dyn std::error::Error + Send + Sync>,
> + Send
+ use<> {
    let peer = Peer(address.ip());
    let router = router
        .clone()
        .map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            request.map(axum::body::Body::new)
        });
    let io = TokioIo::new(Patient::new(stream));
    server
        .serve_connection(io, TowerToHyperService::new(router))
        .into_owned()
}

/// A connection that waits a while for its peer to begin, and to take what is sent, and no longer.
#[derive(Debug)]
struct Patient {
    stream: TcpStream,
    patience: Pin<Box<Sleep>>,
    is_waiting: bool,
    /// How long the peer may take to begin: the server only counts the time from the first bytes
    /// on, by which it knows the protocol.
    beginning: Option<Pin<Box<Sleep>>>,
    heard: usize,
}

impl Patient {
    fn new(stream: TcpStream) -> Self {
        // A refusal costs some speed with small answers, and nothing else.
        let _ = stream.set_nodelay(true);
        Self {
            stream,
            patience: Box::pin(sleep(WRITE_TIMEOUT)),
            is_waiting: false,
            beginning: Some(Box::pin(sleep(HEAD_TIMEOUT))),
            heard: 0,
        }
    }

    /// What a write came to; an error when it has been waiting for too long.
    fn judge<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.is_waiting = false;
            return written;
        }
        if !self.is_waiting {
            self.is_waiting = true;
            self.patience.as_mut().reset(Instant::now() + WRITE_TIMEOUT);
        }
        ready!(self.patience.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if read.is_ready() {
            self.heard += buffer.filled().len() - before;
            if self.heard >= PREFACE_BYTES {
                self.beginning = None;
            }
            return read;
        }
        let Some(beginning) = &mut self.beginning else {
            return read;
        };
        ready!(beginning.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.judge(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.judge(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.judge(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let ended = Pin::new(&mut self.stream).poll_shutdown(context);
        self.judge(context, ended)
    }
}

/// How long a request's head may take; also how long a connection is kept that nothing comes by.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);
/// By so many bytes it is known which protocol a peer speaks:
/// <https://www.rfc-editor.org/rfc/rfc9113#section-3.4>
const PREFACE_BYTES: usize = 24;
/// How long a peer may take nothing of what is sent.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);
/// How long requests may still take when the program is to end: as long as a submit.
const LAST_ANSWERS: Duration = Duration::from_secs(65);
/// Between two tries to accept.
const A_MOMENT: Duration = Duration::from_millis(50);
/// Most bytes of a request's head.
const HEAD_BYTES: usize = 32 << 10;
/// Most requests at once by one connection.
const STREAMS_AT_MOST: u32 = 64;
/// Most connections at once.
const CONNECTIONS_AT_MOST: usize = 1024;

#[cfg(test)]
mod tests;
