//! The configuration file as it is written.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use kinora_relay::{Budgets, Limits};
use serde::Deserialize;
use toml::Spanned;

use super::problem::ConfigProblem;

/// A text with the place where it stands.
pub(super) type Place = Spanned<String>;

/// The file's tables. An unknown key is a mistake: it would be a wish that nobody heeds.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct File {
    pub(super) listen: Option<Place>,
    pub(super) public: Option<Place>,
    pub(super) service: Option<Place>,
    pub(super) token_file: Option<PathBuf>,
    pub(super) origins: Vec<Place>,
    pub(super) models: Vec<Place>,
    pub(super) callers: Option<Place>,
    pub(super) secrets_file: Option<PathBuf>,
    pub(super) proxies: Vec<Place>,
    pub(super) include_cost: bool,
    pub(super) outputs: bool,
    pub(super) budgets: BudgetTable,
    pub(super) limits: LimitTable,
    pub(super) app: AppTable,
    #[serde(skip)]
    path: PathBuf,
    #[serde(skip)]
    text: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct BudgetTable {
    requests_per_minute: Option<u32>,
    submits_per_hour: Option<u32>,
    jobs_at_once: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct LimitTable {
    body_bytes: Option<usize>,
    body_depth: Option<usize>,
    answer_bytes: Option<usize>,
    output_bytes: Option<u64>,
    output_seconds: Option<u64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct AppTable {
    pub(super) dir: Option<PathBuf>,
    pub(super) title: Option<String>,
    pub(super) defaults: toml::Table,
}

impl File {
    pub(super) fn read(path: &Path) -> Result<Self, ConfigProblem> {
        let text =
            fs::read_to_string(path).map_err(|error| ConfigProblem::unreadable(path, &error))?;
        let read = toml::from_str::<Self>(&text);
        let file = read.map_err(|error| {
            let line = error.span().map_or(1, |span| line(&text, span.start));
            ConfigProblem::in_file(path, line, &error.message())
        })?;
        Ok(Self {
            path: path.to_owned(),
            text,
            ..file
        })
    }

    /// Reads a value, or says where it is wrong.
    pub(super) fn at<T, N>(
        &self,
        place: &Place,
        read: impl Fn(&str) -> Result<T, (N, String)>,
    ) -> Result<T, ConfigProblem> {
        self.at_plain(place, |text| read(text).map_err(|(_, problem)| problem))
    }

    pub(super) fn at_plain<T>(
        &self,
        place: &Place,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<T, ConfigProblem> {
        read(place.get_ref()).map_err(|problem| {
            let line = line(&self.text, place.span().start);
            ConfigProblem::in_file(&self.path, line, &problem)
        })
    }
}

impl BudgetTable {
    pub(super) fn over(self, usual: Budgets) -> Budgets {
        Budgets {
            requests_per_minute: self
                .requests_per_minute
                .unwrap_or(usual.requests_per_minute),
            submits_per_hour: self.submits_per_hour.unwrap_or(usual.submits_per_hour),
            jobs_at_once: self.jobs_at_once.unwrap_or(usual.jobs_at_once),
        }
    }
}

impl LimitTable {
    pub(super) fn over(self, usual: Limits) -> Limits {
        let timeout = self.output_seconds.map(Duration::from_secs);
        Limits {
            body_bytes: self.body_bytes.unwrap_or(usual.body_bytes),
            body_depth: self.body_depth.unwrap_or(usual.body_depth).min(DEEPEST),
            answer_bytes: self.answer_bytes.unwrap_or(usual.answer_bytes),
            output_bytes: self.output_bytes.unwrap_or(usual.output_bytes),
            output_timeout: timeout.unwrap_or(usual.output_timeout),
        }
    }
}

/// The line, counted from one, that a byte stands in.
fn line(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text);
    before.matches('\n').count() + 1
}

/// What is read function by function must not be deeper than the stack.
const DEEPEST: usize = 128;
