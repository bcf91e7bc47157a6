//! What the owner of a relay configures: flags, a TOML file, and one variable for the token.
//!
//! A flag beats the file. Whatever is wrong is named with its place and a way out.

mod file;
mod problem;

use std::fs;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use kinora::BaseUrl;
use kinora_relay::{
    Budgets, Callers, Limits, ModelPattern, OriginRule, OutputHosts, Policy, Secret,
};

use file::{AppTable, File, Place};
pub(super) use problem::ConfigProblem;

use super::Options;

/// Everything that was configured, checked.
#[derive(Debug)]
pub(super) struct Config {
    pub(super) listen: SocketAddr,
    pub(super) public: Option<BaseUrl>,
    pub(super) service: Option<BaseUrl>,
    pub(super) token: Option<Secret>,
    pub(super) origins: Vec<OriginRule>,
    pub(super) models: Vec<ModelPattern>,
    pub(super) callers: Option<Callers>,
    pub(super) proxies: Vec<IpAddr>,
    pub(super) include_cost: bool,
    pub(super) outputs: bool,
    pub(super) budgets: Budgets,
    pub(super) limits: Limits,
    pub(super) app: App,
}

/// The page that is served beside the relay.
#[derive(Debug)]
pub(super) struct App {
    /// Its folder; none when only the relay is wanted.
    pub(super) dir: Option<PathBuf>,
    /// Its title, if it has one of its own here.
    pub(super) title: Option<String>,
    /// What its form begins with.
    pub(super) defaults: toml::Table,
}

impl Config {
    /// Reads flags, the file that they name, and what that names. `variable` is what [`TOKEN`]
    /// holds.
    ///
    /// # Errors
    /// For the first thing that is wrong.
    pub(super) fn read(options: &Options, variable: Option<&str>) -> Result<Self, ConfigProblem> {
        let file = match &options.config {
            Some(path) => File::read(path)?,
            None => File::default(),
        };
        let token_file = options.token_file.as_deref();
        let folder = options.config.as_deref().and_then(Path::parent);
        let near = |path: &Path| folder.unwrap_or_else(|| Path::new("")).join(path);
        Ok(Self {
            listen: one(
                options.listen.as_deref(),
                file.listen.as_ref(),
                &file,
                address,
            )?
            .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], PORT))),
            public: one(options.public.as_deref(), file.public.as_ref(), &file, base)?,
            service: one(
                options.service.as_deref(),
                file.service.as_ref(),
                &file,
                base,
            )?,
            token: token(
                variable,
                token_file,
                file.token_file.as_deref().map(near).as_deref(),
            )?,
            origins: all("--origin", &options.origins, &file.origins, &file, origin)?,
            models: all("--model", &options.models, &file.models, &file, model)?,
            callers: callers(options, &file, near)?,
            proxies: all("--proxy", &options.proxies, &file.proxies, &file, proxy)?,
            include_cost: options.include_cost || file.include_cost,
            outputs: options.outputs || file.outputs,
            budgets: file.budgets.over(Budgets::default()),
            limits: file.limits.over(Limits::default()),
            app: app(options, file.app, near),
        })
    }

    /// The rules, once it is known where the relay stands.
    pub(super) fn policy(&self, service: BaseUrl, public: BaseUrl, emulated: bool) -> Policy {
        let mut origins = self.origins.clone();
        if self.app.dir.is_some() {
            // The page that is served here asks here.
            origins.extend(OriginRule::parse(&origin_of(&public)));
        }
        let mut models = self.models.clone();
        if emulated && models.is_empty() {
            models.extend(ModelPattern::parse("**"));
        }
        let nobody_else = if emulated {
            Callers::Anybody
        } else {
            Callers::Nobody
        };
        let outputs = (self.outputs || emulated).then(|| OutputHosts::of(&service));
        Policy {
            origins,
            callers: self.callers.clone().unwrap_or(nobody_else),
            models,
            budgets: self.budgets,
            limits: self.limits,
            include_cost: self.include_cost,
            outputs,
            ..Policy::closed(service, public)
        }
    }
}

/// Scheme, host and port of a base.
pub(super) fn origin_of(base: &BaseUrl) -> String {
    let parts: Vec<_> = base.as_str().split('/').take(3).collect();
    parts.join("/")
}

fn app(options: &Options, table: AppTable, near: impl Fn(&Path) -> PathBuf) -> App {
    let named = options.app.clone();
    let named = named.or_else(|| table.dir.as_deref().map(near));
    App {
        dir: (!options.no_app).then(|| named.unwrap_or_else(|| PathBuf::from(APP))),
        title: table.title,
        defaults: table.defaults,
    }
}

fn callers(
    options: &Options,
    file: &File,
    near: impl Fn(&Path) -> PathBuf,
) -> Result<Option<Callers>, ConfigProblem> {
    let secrets = options.secrets_file.clone();
    let secrets = secrets.or_else(|| file.secrets_file.as_deref().map(near));
    let word = one(options.callers.as_deref(), file.callers.as_ref(), file, who)?;
    match (word, secrets) {
        (Some(_), Some(_)) => Err(ConfigProblem::BothCallers),
        (word, None) => Ok(word),
        (None, Some(path)) => secrets_of(&path).map(Some),
    }
}

fn secrets_of(path: &Path) -> Result<Callers, ConfigProblem> {
    let text = fs::read_to_string(path).map_err(|error| ConfigProblem::unreadable(path, &error))?;
    let mut secrets = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let secret = Secret::parse(line);
        secrets.push(secret.map_err(|bad| ConfigProblem::in_file(path, at + 1, &bad))?);
    }
    if secrets.is_empty() {
        return Err(ConfigProblem::NoSecrets(path.to_owned()));
    }
    Ok(Callers::With(secrets))
}

/// The variable beats the files, as it does with RunComfy's own tools.
fn token(
    variable: Option<&str>,
    flag: Option<&Path>,
    file: Option<&Path>,
) -> Result<Option<Secret>, ConfigProblem> {
    if let Some(text) = variable {
        let secret = Secret::parse(text);
        return secret.map(Some).map_err(ConfigProblem::TokenVariable);
    }
    let Some(path) = flag.or(file) else {
        return Ok(None);
    };
    let text = fs::read_to_string(path).map_err(|error| ConfigProblem::unreadable(path, &error))?;
    let secret = Secret::parse(&text);
    secret
        .map(Some)
        .map_err(|bad| ConfigProblem::in_file(path, 1, &bad))
}

type Read<T> = fn(&str) -> Result<T, (&'static str, String)>;

/// A value by its flag, or else by the file.
fn one<T>(
    flag: Option<&str>,
    written: Option<&Place>,
    file: &File,
    read: Read<T>,
) -> Result<Option<T>, ConfigProblem> {
    let of_flag = flag
        .map(|text| read(text).map_err(|(name, problem)| ConfigProblem::in_flag(name, problem)));
    let of_file = || written.map(|place| file.at(place, read));
    of_flag.or_else(of_file).transpose()
}

/// Values of a flag, or else of the file.
fn all<T>(
    name: &'static str,
    flags: &[String],
    written: &[Place],
    file: &File,
    read: fn(&str) -> Result<T, String>,
) -> Result<Vec<T>, ConfigProblem> {
    if flags.is_empty() {
        let of_file = written.iter();
        return of_file.map(|place| file.at_plain(place, read)).collect();
    }
    let of_flags = flags.iter();
    of_flags
        .map(|text| read(text).map_err(|problem| ConfigProblem::in_flag(name, problem)))
        .collect()
}

fn address(text: &str) -> Result<SocketAddr, (&'static str, String)> {
    text.parse().map_err(|_| {
        let words = "is no address to listen on. Write an IP address and a port, as in";
        (
            "--listen",
            format!("\"{text}\" {words} 127.0.0.1:8080 or [::]:8080."),
        )
    })
}

fn base(text: &str) -> Result<BaseUrl, (&'static str, String)> {
    BaseUrl::parse(text).map_err(|bad| ("--public or --service", format!("\"{text}\": {bad}")))
}

fn who(text: &str) -> Result<Callers, (&'static str, String)> {
    match text {
        "anybody" => Ok(Callers::Anybody),
        "nobody" => Ok(Callers::Nobody),
        _ => Err((
            "--callers",
            format!("\"{text}\" is nobody we know. Write \"anybody\", or use `secrets_file`."),
        )),
    }
}

fn origin(text: &str) -> Result<OriginRule, String> {
    OriginRule::parse(text).map_err(|bad| bad.to_string())
}

fn model(text: &str) -> Result<ModelPattern, String> {
    ModelPattern::parse(text).map_err(|bad| bad.to_string())
}

fn proxy(text: &str) -> Result<IpAddr, String> {
    text.parse().map_err(|_| {
        format!("\"{text}\" is no IP address. Write that of your proxy, as in 127.0.0.1.")
    })
}

/// The variable that holds the token; RunComfy's own tools read it too.
pub(super) const TOKEN: &str = "RUNCOMFY_TOKEN";
/// Where the built app is, in a clone.
const APP: &str = "web/dist";
/// Where a relay listens unless told otherwise.
const PORT: u16 = 8080;

#[cfg(test)]
mod tests;
