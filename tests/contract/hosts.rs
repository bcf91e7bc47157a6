//! The hosts of the contract: the emulator in this process, `kinora emulate` over HTTP, and the real
//! service, which is only asked what costs nothing.

use std::cell::Cell;
use std::future::Future;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::task::Poll;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::stream::{self, Stream};
use kinora::{BaseUrl, Body, Connection, HostKind, Platform, Value};
use kinora_emulator::Preset;
use kinora_native::{Native, Records, Token};
use tokio::runtime::Runtime;

use super::suite::{self, Host};
use super::world::{self, World};

impl Host for World {
    type Platform = Self;

    fn start(preset: &str, queue: Duration, run: Duration, token: Option<&'static str>) -> Self {
        let mut scenario = Preset::named(preset).expect("a preset").scenario();
        (scenario.tick, scenario.run) = (queue / scenario.ahead.max(1), run);
        let mut world = Self::new(scenario);
        world.token = token;
        world
    }

    fn platform(&self) -> &Self {
        self
    }

    fn connection(&self) -> Connection {
        world::connection()
    }

    fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        work.now_or_never().expect("nothing here waits for real")
    }

    fn commands(&self) -> impl Stream<Item = kinora::Command> + Unpin {
        self.wished()
    }

    fn cancel(&self) {
        self.wish(kinora::Command::Cancel);
    }

    fn accepted(&self) -> i64 {
        i64::try_from(self.emulator.borrow().accepted()).expect("few")
    }
}

/// `kinora emulate`, reached as native programs do.
struct Http {
    child: Child,
    base: BaseUrl,
    native: Native,
    runtime: Runtime,
    wished: Cell<bool>,
    _folder: tempfile::TempDir,
}

impl Host for Http {
    type Platform = Native;

    fn start(preset: &str, queue: Duration, run: Duration, token: Option<&'static str>) -> Self {
        let mut child = Command::new(kinora())
            .args(["emulate", "--port", "0", "--scenario", preset])
            .args(["--queue", &queue.as_secs_f64().to_string()])
            .args(["--run", &run.as_secs_f64().to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its words")).lines();
        let address = lines.find_map(|line| {
            let line = line.expect("text");
            line.strip_prefix("listening on ").map(str::to_owned)
        });
        let base = BaseUrl::parse(&address.expect("an address")).expect("a base");
        let folder = tempfile::tempdir().expect("a folder");
        let records = Records::open(folder.path()).expect("a folder");
        let token = token.map(|text| Token::new(text, base.clone()).expect("a token"));
        Self {
            child,
            base,
            native: Native::new(records, token).expect("a client"),
            runtime: runtime(),
            wished: Cell::new(false),
            _folder: folder,
        }
    }

    fn platform(&self) -> &Native {
        &self.native
    }

    fn connection(&self) -> Connection {
        Connection::new(self.base.clone(), HostKind::Kinora)
    }

    fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    fn commands(&self) -> impl Stream<Item = kinora::Command> + Unpin {
        stream::poll_fn(|_| match self.wished.replace(false) {
            true => Poll::Ready(Some(kinora::Command::Cancel)),
            false => Poll::Pending,
        })
    }

    fn cancel(&self) {
        self.wished.set(true);
    }

    fn accepted(&self) -> i64 {
        let mut request = kinora::wire::catalog::categories(&self.connection());
        request.url = format!("{}/emulator/log", self.base);
        let answer = self.wait(self.native.send(request)).expect("an answer");
        let Body::Json(Value::Object(log)) = answer.body else {
            panic!("no log")
        };
        log.get("jobs_accepted")
            .and_then(Value::as_int)
            .expect("a number")
    }
}

impl Drop for Http {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is gone.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn runtime() -> Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().expect("a runtime")
}

/// The program, built once for all cases.
fn kinora() -> PathBuf {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    let built = || {
        let build = Command::new(env!("CARGO"))
            .args([
                "build",
                "--quiet",
                "--package",
                "kinora-server",
                "--bin",
                "kinora",
            ])
            .args(["--message-format", "json"])
            .output()
            .expect("cargo runs");
        let error = String::from_utf8_lossy(&build.stderr);
        assert!(build.status.success(), "{error}");
        let lines = String::from_utf8_lossy(&build.stdout);
        let executable = |line: &str| {
            let message: serde_json::Value = serde_json::from_str(line).ok()?;
            message["executable"].as_str().map(PathBuf::from)
        };
        lines.lines().find_map(executable).expect("a program")
    };
    PROGRAM.get_or_init(built).clone()
}

#[test]
fn the_emulator_in_this_process_holds_the_contract() {
    suite::holds::<World>();
}

#[test]
fn the_emulator_over_http_holds_the_contract() {
    suite::holds::<Http>();
}

/// Only questions that cost nothing; it never submits.
#[test]
#[ignore = "needs RUNCOMFY_TOKEN and the network"]
fn the_real_service_answers_as_its_documents_say() {
    let text = std::env::var("RUNCOMFY_TOKEN").expect("RUNCOMFY_TOKEN is set");
    let base = BaseUrl::parse(BaseUrl::RUNCOMFY).expect("a base");
    let token = Token::new(&text, base.clone()).expect("a token");
    let folder = tempfile::tempdir().expect("a folder");
    let records = Records::open(folder.path()).expect("a folder");
    let native = Native::new(records, Some(token)).expect("a client");
    let connection = Connection::new(base, HostKind::RunComfy);
    runtime().block_on(suite::the_catalogue_can_be_read(&native, &connection));
}
