use std::path::Path;

use clap::Parser;

use super::*;

#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    options: Options,
}

/// The options of a command line, and a file that it may name as `{file}`.
fn read(file: &str, flags: &str) -> Result<Config, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kinora.toml");
    fs::write(&path, file).unwrap();
    fs::write(
        folder.path().join("secrets"),
        "# ours\nfirst-secret\n\nsecond-secret\n",
    )
    .unwrap();
    fs::write(folder.path().join("short"), "first-secret\nshort\n").unwrap();
    fs::write(folder.path().join("none"), "# nobody yet\n").unwrap();
    fs::write(folder.path().join("token"), "the-services-token\n").unwrap();
    let config = format!("--config={}", path.display());
    let words = ["kinora", &config]
        .into_iter()
        .chain(flags.split_whitespace());
    let options = Flags::try_parse_from(words).unwrap().options;
    let folder = folder.path().display().to_string();
    Config::read(&options, None).map_err(|problem| problem.to_string().replace(&folder, ""))
}

fn check(file: &str, flags: &str, wanted: &str) {
    let problem = read(file, flags).unwrap_err();
    assert!(problem.contains(wanted), "{file} {flags}: {problem}");
}

#[test]
fn a_whole_file_is_read() {
    let config = read(
        r#"
listen = "[::1]:9000"
public = "https://video.example.com/kinora"
service = "https://model-api-int.runcomfy.net/v1"
token_file = "token"
origins = ["https://app.example.com", "https://*.example.org"]
models = ["wan-ai/**"]
secrets_file = "secrets"
proxies = ["127.0.0.1", "::1"]
include_cost = true
outputs = true

[budgets]
requests_per_minute = 10

[limits]
body_bytes = 1000
output_seconds = 5

[app]
dir = "site"
title = "Ours"
defaults = { resolution = "1080P" }
"#,
        "",
    )
    .unwrap();
    assert_eq!(config.listen.to_string(), "[::1]:9000");
    assert_eq!(
        config.public.unwrap().as_str(),
        "https://video.example.com/kinora"
    );
    assert_eq!(
        config.service.unwrap().as_str(),
        "https://model-api-int.runcomfy.net"
    );
    assert_eq!(
        (
            config.origins.len(),
            config.models.len(),
            config.proxies.len()
        ),
        (2, 1, 2)
    );
    assert!(matches!(config.callers, Some(Callers::With(secrets)) if secrets.len() == 2));
    assert!(config.include_cost && config.outputs);
    assert_eq!(config.budgets.requests_per_minute, 10);
    assert_eq!(config.budgets.jobs_at_once, Budgets::default().jobs_at_once);
    assert_eq!(
        (
            config.limits.body_bytes,
            config.limits.output_timeout.as_secs()
        ),
        (1000, 5)
    );
    assert!(config.app.dir.unwrap().ends_with("site"));
    assert_eq!(config.app.title.as_deref(), Some("Ours"));
    assert_eq!(config.app.defaults.len(), 1);
}

#[test]
fn the_file_of_the_readme_is_read_as_it_stands() {
    let (_, after) = README.split_once("```toml\n").unwrap();
    let (file, _) = after.split_once("\n```").unwrap();
    let config = read(&file.replace("/etc/kinora/token", "token"), "").unwrap();
    assert_eq!(config.callers, Some(Callers::Anybody));
    assert_eq!((config.origins.len(), config.models.len()), (1, 2));
    let limits = format!("{:?}", config.limits);
    assert_eq!(
        limits,
        format!("{:?}", Limits::default()),
        "what holds anyway"
    );
    assert_eq!(config.budgets, Budgets::default());
}

#[test]
fn flags_beat_the_file() {
    let file =
        "listen = \"127.0.0.1:1\"\norigins = [\"https://a.example.com\"]\ncallers = \"nobody\"";
    let flags = "--listen 127.0.0.1:2 --origin https://b.example.com --callers anybody --no-app";
    let config = read(file, flags).unwrap();
    assert_eq!(config.listen.port(), 2);
    assert!(config.origins[0].fits("https://b.example.com"));
    assert_eq!(config.callers, Some(Callers::Anybody));
    assert!(config.app.dir.is_none());
}

#[test]
fn nothing_is_open_unless_it_is_written_down() {
    let config = read("", "").unwrap();
    let base = |text| BaseUrl::parse(text).unwrap();
    let place = || {
        (
            base("https://model-api.runcomfy.net"),
            base("http://127.0.0.1:8080"),
        )
    };
    let (service, public) = place();
    let policy = config.policy(service, public, false);
    assert_eq!(
        (policy.callers, policy.models.len(), policy.outputs),
        (Callers::Nobody, 0, None)
    );
    assert_eq!(
        policy.origins,
        [OriginRule::parse("http://127.0.0.1:8080").unwrap()]
    );
    let (service, public) = place();
    let alone = read("", "--no-app").unwrap().policy(service, public, false);
    assert_eq!(alone.origins, []);
}

#[test]
fn a_mistake_in_the_file_is_named_with_its_line_and_a_way_out() {
    check(
        "\n\norigin = \"x\"",
        "",
        "kinora.toml, line 3: unknown field `origin`, expected one of",
    );
    check("models = [", "", "kinora.toml, line 1: ");
    check("listen = 8080", "", "kinora.toml, line 1: ");
    check(
        "listen = \"8080\"",
        "",
        "line 1: \"8080\" is no address to listen on. Write an IP",
    );
    check(
        "\npublic = \"video.example.com\"",
        "",
        "line 2: \"video.example.com\": This is not a",
    );
    check(
        "public = \"http://video.example.com\"",
        "",
        "line 1: \"http://video.example.com\": Plain",
    );
    check(
        "origins = [\n\"https://a.example.com\",\n\"*\"]",
        "",
        "line 3: \"*\" is no origin. Write",
    );
    check(
        "models = [\"wan\", \"a//b\"]",
        "",
        "line 1: \"a//b\" is no pattern of model ids. Write",
    );
    check(
        "callers = \"everyone\"",
        "",
        "line 1: \"everyone\" is nobody we know. Write \"anybody\"",
    );
    check(
        "proxies = [\"localhost\"]",
        "",
        "line 1: \"localhost\" is no IP address. Write that",
    );
    check(
        "[budgets]\nper_minute = 1",
        "",
        "line 2: unknown field `per_minute`, expected one of",
    );
    check("[limits]\nbody_bytes = -1", "", "kinora.toml, line 2: ");
    check("token = \"x\"", "", "line 1: unknown field `token`");
    check("secrets_file = \"gone\"", "", "/gone cannot be read");
    check(
        "secrets_file = \"short\"",
        "",
        "/short, line 2: It is shorter than 8 characters",
    );
    check(
        "secrets_file = \"none\"",
        "",
        "/none holds no secret; write one a line",
    );
    check(
        "secrets_file = \"secrets\"\ncallers = \"anybody\"",
        "",
        "leave one of them out",
    );
}

#[test]
fn a_mistake_in_a_flag_is_named_with_the_flag() {
    check("", "--listen x", "--listen: \"x\" is no address");
    check("", "--origin *", "--origin: \"*\" is no origin");
    check("", "--model a//b", "--model: \"a//b\" is no pattern");
    check("", "--proxy x", "--proxy: \"x\" is no IP address");
    check("", "--callers x", "--callers: \"x\" is nobody we know");
    check(
        "",
        "--public x",
        "--public or --service: \"x\": This is not a service address",
    );
}

#[test]
fn the_token_is_no_flag_and_stands_in_no_message() {
    let words = ["kinora", "--token=the-services-token"];
    assert!(Flags::try_parse_from(words).is_err());
    let config = read("token_file = \"token\"", "").unwrap();
    assert!(config.token.is_some());
    assert!(!format!("{config:?}").contains("the-services-token"));
    let options = Flags::parse_from(["kinora"]).options;
    let config = Config::read(&options, Some("the-services-token")).unwrap();
    assert_eq!(config.token, Secret::parse("the-services-token").ok());
    let problem = Config::read(&options, Some("two words"))
        .unwrap_err()
        .to_string();
    assert!(
        problem.starts_with("RUNCOMFY_TOKEN: It has a space"),
        "{problem}"
    );
    check("token_file = \"gone\"", "", "/gone cannot be read");
    let problem = Config::read(
        &Flags::parse_from(["kinora", "--config=/no/such"]).options,
        None,
    );
    assert!(
        problem
            .unwrap_err()
            .to_string()
            .contains("/no/such cannot be read")
    );
    assert!(!Path::new("/no/such").exists());
}

const README: &str = include_str!("../../../../kinora-relay/README.md");
