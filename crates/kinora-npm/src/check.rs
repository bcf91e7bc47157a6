//! Inputs, held against everything that is known of their model and of their files.
//!
//! A job's own module only finds out whether an input may be sent. The words about it are here, in
//! the module that is loaded when somebody asks for them.

use kinora::image::{Alpha, ByteSize, ImageFacts, ImageFormat, Look};
use kinora::{Facts, ModelSpec, Object, Reach, Report, Severity, Value};

use crate::call::{read, told};
use crate::problem::Problem;
use crate::text::Writer;
use crate::wish;

/// Holds an input against the model's rules: `{ ok, issues }`, and `input` as it would be sent if
/// it may be. Of everything else in a wish that `open` refuses it says why.
pub fn check(wish: &str) -> String {
    told(|to| {
        let wish = read(wish)?;
        let reach = wish::connection(&wish)?.reach();
        if wish.get("intent").is_some() {
            wish::intent(&wish)?;
        }
        if wish::request_id(&wish)?.is_some() {
            wish::model(&wish)?;
            to.truth("ok", true);
            return Ok(());
        }
        let (spec, draft) = (spec(&wish)?, wish::draft(&wish)?);
        let checked = draft.check(&spec, &facts(&wish, reach));
        to.truth("ok", checked.request.is_some());
        if let Some(request) = &checked.request {
            to.key("input");
            to.object(request.input());
        }
        issues(&checked.report, to);
        Ok(())
    })
}

/// What is known of the model: the schema that comes along, or else what this package knows. Of
/// another model every field is sent as it is.
fn spec(wish: &Object) -> Result<ModelSpec, Problem> {
    let id = wish::model(wish)?;
    match wish.get("schema") {
        None => wish::spec(wish),
        Some(schema) => ModelSpec::from_value(id, schema)
            .map_err(|problem| Problem::bad("bad_schema", problem.to_string())),
    }
}

/// What is known of the images, by field.
fn facts(wish: &Object, reach: Reach) -> Facts {
    let mut facts = Facts::new(reach);
    if let Some(Value::Object(known)) = wish.get("facts") {
        for (field, image) in known.iter() {
            if let Some(image) = image.as_object() {
                facts = facts.with_look(field, Look::Found(image_facts(image)));
            }
        }
    }
    facts
}

/// Everything that was found in a draft, as the member `issues`.
fn issues(report: &Report, to: &mut Writer) {
    to.key("issues");
    to.mark("[");
    for issue in report.issues() {
        to.mark("{");
        to.text("field", &issue.field);
        to.text("code", issue.code);
        to.text("severity", severity(issue.severity));
        to.text("message", &issue.message);
        if let Some(offer) = &issue.offer {
            to.text("offer", offer);
        }
        to.mark("}");
    }
    to.mark("]");
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Advice => "advice",
        Severity::Unknown => "unknown",
        Severity::Borderline => "borderline",
        Severity::Error => "error",
    }
}

fn image_facts(image: &Object) -> ImageFacts {
    let number = |key| image.get(key).and_then(Value::as_int);
    let side = |key| number(key).and_then(|side| u32::try_from(side).ok());
    ImageFacts {
        format: image.text("format").and_then(format),
        width: side("width"),
        height: side("height"),
        bytes: number("bytes")
            .and_then(|bytes| u64::try_from(bytes).ok())
            .map(ByteSize::bytes),
        alpha: match image.text("alpha") {
            Some("opaque") => Some(Alpha::Opaque),
            Some("unused") => Some(Alpha::OpaqueChannel),
            Some("transparent") => Some(Alpha::Transparent),
            _ => None,
        },
        ..ImageFacts::default()
    }
}

fn format(name: &str) -> Option<ImageFormat> {
    let mut formats = ImageFormat::ALL.into_iter();
    formats.find(|format| format.name() == name)
}
