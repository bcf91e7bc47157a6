//! The catalogue: which models there are, what each costs and accepts.
//!
//! | call | answer |
//! | --- | --- |
//! | [`models`] | [`read::page`] |
//! | [`categories`] | [`read::categories`] |
//! | [`model`] | [`read::model`] |
//!
//! Source: <https://docs.runcomfy.com/model-apis/model-catalog-endpoints> (read 2026-11-22).

use core::fmt;

use super::escape::{escape, unescape};
use super::{ask, key, route, word};
use crate::limits::{CATALOG_PAGE_MOST, CATALOG_PAGE_USUAL};
use crate::number::digits;
use crate::{Connection, HttpRequest, Method, ModelId, Object};

pub mod answer;
pub mod read;

/// The call that asks for models.
pub fn models(connection: &Connection, query: &CatalogQuery) -> HttpRequest {
    ask(connection, Method::Get, &route::models(query))
}

/// The call that asks for the catalogue's categories.
pub fn categories(connection: &Connection) -> HttpRequest {
    ask(connection, Method::Get, &route::categories())
}

/// The call that asks for one model, with its input schema.
pub fn model(connection: &Connection, id: &ModelId) -> HttpRequest {
    ask(connection, Method::Get, &route::submit(id))
}

/// Which models are wanted. The default asks for the first page of all.
///
/// ```
/// use kinora::wire::catalog::CatalogQuery;
///
/// let query = CatalogQuery { search: Some("wan 2".to_owned()), ..CatalogQuery::default() };
/// assert_eq!(query.to_string(), "search=wan%202");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CatalogQuery {
    /// Words to look for.
    pub search: Option<String>,
    /// Models of this category only.
    pub category: Option<String>,
    /// Entries of this kind only.
    pub kind: Option<ModelKind>,
    /// Whether each model comes with its input schema.
    pub include_schema: bool,
    /// The most models on a page, 1 to [`CATALOG_PAGE_MOST`]; the service's own number when absent.
    pub limit: Option<u32>,
    /// How many models to skip.
    pub offset: u32,
}

impl CatalogQuery {
    /// Reads a query, with or without escapes. Parameters that are not ours are passed over; of
    /// one that comes twice the last counts.
    ///
    /// # Errors
    /// When a number is none, the limit is outside 1 to [`CATALOG_PAGE_MOST`], a truth value is
    /// neither `true` nor `false`, or an escape is broken.
    pub fn parse(query: &str) -> Result<Self, BadQuery> {
        let mut read = Self::default();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = unescape(name).ok_or(BadQuery::Escape)?;
            let value = unescape(value).ok_or(BadQuery::Escape)?;
            read.take(&name, value)?;
        }
        Ok(read)
    }

    /// The most models on a page.
    pub fn limit(&self) -> u32 {
        self.limit.unwrap_or(CATALOG_PAGE_USUAL)
    }

    fn take(&mut self, name: &str, value: String) -> Result<(), BadQuery> {
        match name {
            key::SEARCH => self.search = said(value),
            key::CATEGORY => self.category = said(value),
            key::KIND => self.kind = said(value).map(ModelKind::from),
            key::INCLUDE_SCHEMA => self.include_schema = truth(&value)?,
            key::LIMIT => self.limit = Some(limit(&value)?),
            key::OFFSET => self.offset = value.parse().map_err(|_| BadQuery::Offset)?,
            _ => {}
        }
        Ok(())
    }
}

impl CatalogQuery {
    /// The query as it stands in a URL, without the question mark; what is not asked for is left out.
    pub fn sentence(&self) -> String {
        let whole = |number: u32| digits(number.into());
        let kind = self.kind.as_ref();
        let texts = [
            (key::SEARCH, self.search.as_deref().map(escape)),
            (key::CATEGORY, self.category.as_deref().map(escape)),
            (key::KIND, kind.map(|kind| escape(kind.as_str()))),
            (
                key::INCLUDE_SCHEMA,
                self.include_schema.then(|| TRUE.to_owned()),
            ),
            (key::LIMIT, self.limit.map(whole)),
            (key::OFFSET, (self.offset > 0).then(|| whole(self.offset))),
        ];
        let mut query = String::new();
        for (name, value) in texts {
            let Some(value) = value else { continue };
            let joint = if query.is_empty() { "" } else { "&" };
            for part in [joint, name, "=", &value] {
                query.push_str(part);
            }
        }
        query
    }
}

impl fmt::Display for CatalogQuery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.sentence())
    }
}

/// Why a text is no query of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadQuery {
    /// An escape is broken.
    Escape,
    /// The limit is no number, or outside its bounds.
    Limit,
    /// The offset is no number.
    Offset,
    /// A truth value is none.
    Truth,
}

impl fmt::Display for BadQuery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Escape => formatter.write_str("The query has a broken escape after a \"%\"."),
            Self::Limit => write!(
                formatter,
                "{}: it must be a number from 1 to {CATALOG_PAGE_MOST}.",
                key::LIMIT
            ),
            Self::Offset => write!(formatter, "{}: it must be a number from 0.", key::OFFSET),
            Self::Truth => write!(
                formatter,
                "{}: it must be {TRUE} or {FALSE}.",
                key::INCLUDE_SCHEMA
            ),
        }
    }
}

impl core::error::Error for BadQuery {}

/// What sort of thing a catalogue entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelKind {
    /// A model.
    Model,
    /// A workflow.
    Workflow,
    /// Plain inference.
    Inference,
    /// A word that was not documented when this was written.
    Unknown(String),
}

impl ModelKind {
    /// The service's word for it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Model => word::MODEL,
            Self::Workflow => word::WORKFLOW,
            Self::Inference => word::INFERENCE,
            Self::Unknown(word) => word,
        }
    }
}

impl From<String> for ModelKind {
    fn from(text: String) -> Self {
        match text.as_str() {
            word::MODEL => Self::Model,
            word::WORKFLOW => Self::Workflow,
            word::INFERENCE => Self::Inference,
            _ => Self::Unknown(text),
        }
    }
}

/// One entry of the catalogue. Only its id is certain.
#[derive(Clone, Debug, PartialEq)]
pub struct CatalogModel {
    /// Under which name to submit.
    pub id: ModelId,
    /// Its name for people.
    pub display_name: Option<String>,
    /// What it does.
    pub description: Option<String>,
    /// The categories it belongs to.
    pub categories: Vec<String>,
    /// What sort of thing it is.
    pub kind: Option<ModelKind>,
    /// What one unit costs, in US dollars.
    pub base_price_usd: Option<f64>,
    /// What the price is for: `output`, `second`, `image`, …
    pub price_unit: Option<String>,
    /// More about the price.
    pub pricing_note: Option<String>,
    /// Its page, for people to read.
    pub model_url: Option<String>,
    /// The names of its inputs.
    pub inputs: Vec<String>,
    /// The names of the inputs that it insists on.
    pub required_inputs: Vec<String>,
    /// Its inputs as a JSON Schema, when it was asked for.
    pub input_schema: Option<Object>,
}

impl CatalogModel {
    /// An entry of which nothing but the id is known.
    pub fn new(id: ModelId) -> Self {
        Self {
            id,
            display_name: None,
            description: None,
            categories: Vec::new(),
            kind: None,
            base_price_usd: None,
            price_unit: None,
            pricing_note: None,
            model_url: None,
            inputs: Vec::new(),
            required_inputs: Vec::new(),
            input_schema: None,
        }
    }
}

/// A part of the catalogue.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CatalogPage {
    /// The models, in the service's order.
    pub models: Vec<CatalogModel>,
    /// How many entries were passed over, since their id is none that may go into a URL.
    pub unusable: usize,
    /// How many models match on all pages, where the answer tells.
    pub total: Option<u64>,
    /// How many models were skipped.
    pub offset: u64,
}

impl CatalogPage {
    /// Where the next page begins; nothing after the last one. A page without entries is the last,
    /// whatever the total says, so that a walk over all pages ends.
    pub fn next_offset(&self) -> Option<u64> {
        let here = (self.models.len() + self.unusable) as u64;
        let next = self.offset.saturating_add(here);
        (here > 0 && self.total.is_none_or(|total| next < total)).then_some(next)
    }
}

fn said(value: String) -> Option<String> {
    Some(value).filter(|value| !value.is_empty())
}

fn truth(value: &str) -> Result<bool, BadQuery> {
    match value {
        TRUE => Ok(true),
        FALSE => Ok(false),
        _ => Err(BadQuery::Truth),
    }
}

fn limit(value: &str) -> Result<u32, BadQuery> {
    let limit = value.parse().ok();
    limit
        .filter(|limit| (1..=CATALOG_PAGE_MOST).contains(limit))
        .ok_or(BadQuery::Limit)
}

const TRUE: &str = "true";
const FALSE: &str = "false";

#[cfg(test)]
mod tests;
