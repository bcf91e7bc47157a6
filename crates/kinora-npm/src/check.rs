//! Inputs, held against everything that is known of their model and of their files.
//!
//! A job's own module only finds out whether an input may be sent. The words about it are here, in
//! the module that is loaded when somebody asks for them.

use kinora::image::Look;
use kinora::{Facts, ModelId, ModelSpec, Object, Reach, Report, Severity, Value};

use crate::call::{read, told};
use crate::facts;
use crate::problem::Problem;
use crate::text::Writer;
use crate::wish;

/// Holds an input against the model's rules: `{ ok, issues }`, and `input` and `base` as they would
/// be sent if it may be. Of everything else in a wish that `open` refuses it says why.
pub fn check(wish: &str) -> String {
    told(|to| {
        let wish = read(wish)?;
        let connection = wish::connection(&wish)?;
        to.text("base", connection.base().as_str());
        if wish.get("intent").is_some() {
            wish::intent(&wish)?;
        }
        if wish::request_id(&wish)?.is_some() {
            model(&wish)?;
            to.truth("ok", true);
            return Ok(());
        }
        let (spec, draft) = (spec(&wish)?, wish::draft(&wish)?);
        let checked = draft.check(&spec, &known(&wish, connection.reach()));
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
    match model(wish)? {
        (id, None) => Ok(wish::spec(id)),
        (id, Some(schema)) => ModelSpec::from_value(id, schema)
            .map_err(|problem| Problem::bad("bad_schema", problem.sentence().to_owned())),
    }
}

/// A model by its id, or as the catalogue tells of it: `{ id, schema?, … }`.
fn model(wish: &Object) -> Result<(ModelId, Option<&Value>), Problem> {
    let Some(Value::Object(model)) = wish.get("model") else {
        return Ok((wish::model(wish)?, None));
    };
    let id = ModelId::parse(wish::text(model, "id")?);
    let id = id.map_err(|bad| Problem::Id("bad_model", bad))?;
    Ok((id, model.get("schema")))
}

/// What is known of the images, by field.
fn known(wish: &Object, reach: Reach) -> Facts {
    let mut facts = Facts::new(reach);
    if let Some(Value::Object(known)) = wish.get("facts") {
        for (field, image) in known.iter() {
            if let Some(image) = image.as_object() {
                facts = facts.with_look(field, Look::Found(facts::image(image)));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    fn checked(model: impl Into<Value>) -> Object {
        let mut to = Writer::default();
        let wish = Object::new().with("base", "https://example.com");
        to.object(&wish.with("model", model).with("input", Object::new()));
        match text::read(&check(&to.finish())) {
            Some(Value::Object(answer)) => answer,
            other => panic!("{other:?}"),
        }
    }

    fn issues(answer: &Object) -> usize {
        let issues = answer.get("issues").and_then(Value::as_list);
        issues.unwrap_or_default().len()
    }

    fn code(answer: &Object) -> Option<&str> {
        answer.get("error")?.as_object()?.text("code")
    }

    #[test]
    fn a_model_of_the_catalogue_is_known_by_its_schema() {
        let field = Object::new().with("steps", Object::new().with("type", "integer"));
        let required = vec![Value::from("steps")];
        let schema = Object::new().with("properties", field);
        let schema = schema.with("required", Value::List(required));
        let model = Object::new().with("id", "maker/model");
        assert_eq!(issues(&checked(model.clone())), 0);
        assert_eq!(issues(&checked(model.with("schema", schema))), 1);
        let wan = Object::new().with("id", ModelId::WAN_2_2.as_str());
        assert_eq!(
            issues(&checked(wan)),
            issues(&checked(ModelId::WAN_2_2.as_str()))
        );
    }

    #[test]
    fn a_model_that_is_none_is_refused() {
        assert_eq!(code(&checked("model")), Some("bad_model"));
        assert_eq!(code(&checked(7)), Some("bad_input"));
        assert_eq!(code(&checked(Object::new())), Some("bad_input"));
        assert_eq!(
            code(&checked(Object::new().with("id", "model"))),
            Some("bad_model")
        );
        let model = Object::new().with("id", "maker/model").with("schema", 7);
        assert_eq!(code(&checked(model)), Some("bad_schema"));
    }
}
