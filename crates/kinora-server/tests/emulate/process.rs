//! The program `kinora`, run and watched.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// `kinora emulate` on a port of its own; it ends with this value.
pub(crate) struct Emulate {
    child: Child,
    port: u16,
}

impl Emulate {
    /// Starts it and waits until it says that it is ready.
    pub(crate) fn start(options: &[&str]) -> Self {
        let mut child = program()
            .args(["emulate", "--port", "0"])
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("its output");
        BufReader::new(out).read_line(&mut line).expect("a line");
        let port = line.trim().rsplit(':').next().map(str::parse);
        let port = port.and_then(Result::ok).expect("it says its address");
        Self { child, port }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        let patience = Some(Duration::from_secs(20));
        stream.set_read_timeout(patience).expect("a timeout");
        stream
    }

    /// Writes a request that closes its connection, and reads the answer.
    pub(crate) fn exchange(&self, request: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).expect("it is written");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub(crate) fn get(&self, path: &str, headers: &str) -> String {
        let host = "Host: x\r\nConnection: close\r\n";
        self.exchange(&format!("GET {path} HTTP/1.1\r\n{host}{headers}\r\n"))
    }

    /// Reads the log until it says this; each look is a round trip, so that nothing spins.
    pub(crate) fn wait_until_asked(&self, wanted: &str) {
        let begun = Instant::now();
        while !self.get("/emulator/log", "").contains(wanted) {
            assert!(
                begun.elapsed() < Duration::from_secs(20),
                "it never says {wanted}"
            );
        }
    }

    /// Sends a signal and waits for the end: the exit code, and how long it took.
    pub(crate) fn end(&mut self, signal: &str) -> (Option<i32>, Duration) {
        let begun = Instant::now();
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.expect("a kill program").success());
        let status = self.child.wait().expect("it ends");
        (status.code(), begun.elapsed())
    }
}

impl Drop for Emulate {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How a run of the program ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs the program to its end.
pub(crate) fn kinora(arguments: &[&str]) -> Ended {
    let output = program().args(arguments).output().expect("it runs");
    Ended {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_kinora"))
}
