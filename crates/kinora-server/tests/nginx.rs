//! nginx, which we did not write, in front of `kinora serve` and with the static site, by the very
//! snippets of the READMEs; and the READMEs' curl lines.
//!
//! `cargo xtask test` finds or installs nginx and names it by `KINORA_NGINX`.

#![allow(clippy::unwrap_used, reason = "a test that cannot look must fail")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

const RELAY: &str = include_str!("../../kinora-relay/README.md");

/// A program that ends with its test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // nginx takes its workers with it when it is asked; killed, it would leave them behind. It
        // may have ended by itself.
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
    }
}

/// `kinora serve`, and where it is.
fn serve(flags: &[&str]) -> (Running, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kinora"))
        .args(["serve", "--listen", "127.0.0.1:0"])
        .args(flags)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    output.read_line(&mut line).unwrap();
    // What it tells later has to go somewhere.
    std::thread::spawn(move || output.lines().for_each(drop));
    let (_, after) = line.split_once("http://").unwrap();
    let address = after.split('/').next().unwrap().to_owned();
    (Running(child), address)
}

/// nginx with one server on a free port.
struct Nginx {
    _running: Running,
    _folder: TempDir,
    address: String,
}

impl Nginx {
    fn with(snippet: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let address = format!("127.0.0.1:{port}");
        let here = folder.path().display();
        let paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|what| format!("{what}_temp_path {here}/{what};"))
            .join(" ");
        let config = format!(
            "daemon off; worker_processes 1; pid {here}/pid; error_log {here}/error.log;\n\
             events {{}}\n\
             http {{ access_log off; {paths} include /etc/nginx/mime.types;\n\
             server {{ listen {address};\n{snippet}\n}} }}\n"
        );
        fs::write(folder.path().join("nginx.conf"), config).unwrap();
        let child = Command::new(program())
            .arg("-p")
            .arg(folder.path())
            .arg("-c")
            .arg(folder.path().join("nginx.conf"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let nginx = Self {
            _running: Running(child),
            _folder: folder,
            address,
        };
        nginx.wait();
        nginx
    }

    fn wait(&self) {
        let began = Instant::now();
        while TcpStream::connect(&self.address).is_err() {
            let log = fs::read_to_string(self._folder.path().join("error.log"));
            assert!(began.elapsed() < Duration::from_secs(10), "{log:?}");
            sleep(Duration::from_millis(10));
        }
    }
}

fn program() -> PathBuf {
    let named = std::env::var_os("KINORA_NGINX").map(PathBuf::from);
    named.unwrap_or_else(|| PathBuf::from("/usr/sbin/nginx"))
}

/// The first block of this language in a text, or the one with a word in it.
fn block(text: &str, language: &str, word: &str) -> String {
    let fence = format!("```{language}\n");
    let blocks = text
        .split(&fence)
        .skip(1)
        .filter_map(|after| after.split_once("\n```"));
    let mut found = blocks
        .map(|(block, _)| block)
        .filter(|block| block.contains(word));
    found
        .next()
        .unwrap_or_else(|| panic!("no block of {language} with {word}"))
        .to_owned()
}

/// Runs a command line as a shell would; what it printed.
fn shell(line: &str) -> String {
    let output = Command::new("sh").args(["-c", line]).output().unwrap();
    assert!(
        output.status.success(),
        "{line}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn curl(arguments: &str) -> String {
    shell(&format!("curl -sS -i --max-time 20 {arguments}"))
}

#[test]
#[ignore = "needs nginx and curl: `cargo xtask test` runs it"]
fn the_relays_readme_lines_do_what_it_says() {
    let (_kinora, address) = serve(&["--emulate", "--no-app"]);
    let here = |line: String| shell(&line.replace("127.0.0.1:8080", &address));
    assert_eq!(here(block(RELAY, "sh", "/healthz")), "ok\n");
    let submit = block(RELAY, "sh", "Kinora-Intent");
    let first = here(submit.clone());
    assert!(first.contains("\"request_id\":"), "{first}");
    assert!(
        first.contains(&format!("\"status_url\":\"http://{address}/v1/requests/")),
        "{first}"
    );
    assert_eq!(here(submit), first, "the same intent has the same answer");
}

#[test]
#[ignore = "needs nginx and curl: `cargo xtask test` runs it"]
fn nginx_passes_the_relay_on_by_the_snippet_of_the_readme() {
    let flags = [
        "--emulate",
        "--no-app",
        "--proxy",
        "127.0.0.1",
        "--origin",
        "https://app.example.com",
    ];
    let (kinora, address) = serve(&flags);
    let snippet = block(RELAY, "nginx", "proxy_pass").replace("127.0.0.1:8080", &address);
    let nginx = Nginx::with(&snippet);
    let base = format!("http://{}", nginx.address);
    let submit = format!(
        "{base}/v1/models/wan-ai/wan-2-2/image-to-video -H 'Content-Type: application/json' \
         -H 'Origin: https://app.example.com' -H 'Kinora-Intent: behind-nginx' \
         -d '{{\"prompt\":\"fog\",\"img_url\":\"https://example.com/a.png\"}}'"
    );
    let answer = curl(&submit);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(
        answer.contains("access-control-allow-origin: https://app.example.com"),
        "{answer}"
    );
    let body = |answer: &str| answer.split_once("\r\n\r\n").unwrap().1.to_owned();
    assert_eq!(body(&curl(&submit)), body(&answer));
    let large = format!(
        "{base}/v1/models/wan-ai/x -H 'Content-Type: application/json' --data-binary @{}",
        large().display()
    );
    assert!(curl(&large).contains("HTTP/1.1 413"));
    assert!(curl(&format!("{base}/v1/other")).starts_with("HTTP/1.1 404"));
    drop(kinora);
    assert!(
        curl(&format!("{base}/healthz")).starts_with("HTTP/1.1 502"),
        "nothing hangs"
    );
}

/// A file larger than the relay passes on.
fn large() -> PathBuf {
    let path = std::env::temp_dir().join(format!("kinora-large-{}", std::process::id()));
    fs::write(&path, "x".repeat(3 << 20)).unwrap();
    path
}

#[test]
#[ignore = "needs nginx and curl: `cargo xtask test` runs it"]
fn nginx_serves_the_static_site_from_a_sub_path() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let site = std::env::var_os("KINORA_SITE").map(PathBuf::from);
    let site = site.unwrap_or_else(|| root.join("../../target/site"));
    assert!(
        site.join("_headers").is_file(),
        "`cargo xtask site --base /kinora/` makes {}",
        site.display()
    );
    let readme = fs::read_to_string(root.join("../../README.md")).unwrap();
    let snippet = block(&readme, "nginx", "alias");
    let snippet = snippet.replace(
        "/srv/kinora/",
        &format!("{}/", site.canonicalize().unwrap().display()),
    );
    let nginx = Nginx::with(&snippet);
    let base = format!("http://{}/kinora", nginx.address);
    let index = curl(&format!("{base}/"));
    assert!(index.starts_with("HTTP/1.1 200"), "{index}");
    for header in [
        "Content-Security-Policy: frame-ancestors 'none'",
        "X-Content-Type-Options: nosniff",
    ] {
        assert!(
            index.to_lowercase().contains(&header.to_lowercase()),
            "{header}: {index}"
        );
    }
    let wasm = fs::read_dir(&site).unwrap().filter_map(Result::ok);
    let wasm = wasm.map(|entry| entry.file_name().into_string().unwrap());
    let wasm = wasm
        .into_iter()
        .find(|name| name.ends_with("_bg.wasm") && name.contains("web"))
        .unwrap();
    let answer = curl(&format!(
        "{base}/{wasm} -H 'Accept-Encoding: gzip' -o /dev/null -D -"
    ));
    assert!(
        answer.contains("Content-Type: application/wasm"),
        "{answer}"
    );
    assert!(answer.contains("Content-Encoding: gzip"), "{answer}");
    assert!(answer.contains("immutable"), "{answer}");
    let missing = curl(&format!("{base}/gone/deep.html"));
    assert!(
        missing.starts_with("HTTP/1.1 404") && missing.contains("href=\"/kinora/\""),
        "{missing}"
    );
}
