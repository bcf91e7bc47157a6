//! The programs that are measured, set up beside each other: nginx as the service and as a proxy to
//! it, and the relay.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::{process, workspace};

pub(super) fn release() -> Result<PathBuf> {
    process::announce("Building the server for speed", "3 minutes at first");
    let build = [
        "build",
        "--release",
        "--quiet",
        "--package",
        "kinora-server",
    ];
    process::run(process::cargo().args(build))?;
    let debug = workspace::programs()?;
    let target = debug.parent().unwrap_or(&debug);
    Ok(target
        .join("release")
        .join(format!("kinora{}", std::env::consts::EXE_SUFFIX)))
}

/// A program that ends with the measurement.
pub(super) struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // nginx takes its workers with it when it is asked; killed, it would leave them behind. It
        // may have ended by itself.
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
    }
}

pub(super) fn start_nginx(
    nginx: &Path,
    folder: &Path,
    service: u16,
    proxy: u16,
) -> Result<Running> {
    let here = folder.display();
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let temporary = temporary.map(|what| format!("{what}_temp_path {here}/{what};"));
    let answer = ANSWER.trim_end();
    let config = format!(
        "daemon off; worker_processes 1; pid {here}/pid; error_log {here}/error.log;\n\
         events {{ worker_connections 1024; }}\n\
         http {{ access_log off; keepalive_requests 100000000; {}\n\
         upstream service {{ server 127.0.0.1:{service}; keepalive 64; }}\n\
         server {{ listen 127.0.0.1:{service}; default_type application/json;\n\
         location / {{ return 200 '{answer}'; }} }}\n\
         server {{ listen 127.0.0.1:{proxy}; location / {{ proxy_pass http://service;\n\
         proxy_http_version 1.1; proxy_set_header Connection \"\";\n\
         proxy_set_header Authorization \"Bearer {TOKEN}\"; }} }} }}\n",
        temporary.join(" ")
    );
    let file = folder.join("nginx.conf");
    fs::write(&file, config)?;
    let child = Command::new(nginx)
        .arg("-p")
        .arg(folder)
        .arg("-c")
        .arg(&file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let running = Running(child.context("nginx did not start")?);
    let began = Instant::now();
    while TcpStream::connect(("127.0.0.1", proxy)).is_err() {
        ensure!(
            began.elapsed() < PATIENCE,
            "nginx does not listen; see {here}/error.log"
        );
        sleep(Duration::from_millis(10));
    }
    Ok(running)
}

pub(super) fn start_kinora(kinora: &Path, folder: &Path, service: u16) -> Result<(Running, u16)> {
    let file = folder.join("kinora.toml");
    let config = format!(
        "listen = \"127.0.0.1:0\"\nservice = \"http://127.0.0.1:{service}\"\ncallers = \"anybody\"\n\
         [budgets]\nrequests_per_minute = 4000000000\n"
    );
    fs::write(&file, config)?;
    let mut command = Command::new(kinora);
    command
        .args(["serve", "--no-app", "--log", "off", "--config"])
        .arg(&file)
        .env("RUNCOMFY_TOKEN", TOKEN);
    let command = command.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut running = Running(command.spawn().context("kinora did not start")?);
    let output = running.0.stdout.take().context("kinora has no output")?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    let port = line
        .split("127.0.0.1:")
        .nth(1)
        .and_then(|rest| rest.split('/').next());
    let port = port.and_then(|port| port.parse().ok());
    Ok((
        running,
        port.with_context(|| format!("kinora told no address: {line}"))?,
    ))
}

pub(super) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// What both are given by the service.
const ANSWER: &str = include_str!("answer.json");
const TOKEN: &str = "a-token-of-no-account";
const PATIENCE: Duration = Duration::from_secs(10);
