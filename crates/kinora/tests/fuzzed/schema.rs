//! Any JSON as the schema of a model, and as a draft for it.

use kinora::{Draft, Facts, ModelId, ModelSpec, Object, Reach, Value};

/// A text of JSON with members `schema` and `draft`.
pub(crate) fn try_out(input: &[u8]) {
    let Ok(Value::Object(input)) = serde_json::from_slice::<Value>(input) else {
        return;
    };
    let Some(schema) = input.get("schema") else {
        return;
    };
    match ModelSpec::from_value(ModelId::WAN_2_2.clone(), schema) {
        Ok(spec) => checked(&spec, input.get("draft")),
        Err(problem) => assert!(!problem.to_string().is_empty()),
    }
}

/// A request exists exactly when there is no error, and goes through the same check unchanged.
fn checked(spec: &ModelSpec, draft: Option<&Value>) {
    let fields = match draft {
        Some(Value::Object(fields)) => fields.clone(),
        _ => Object::new(),
    };
    for facts in [
        Facts::new(Reach::Internet),
        Facts::new(Reach::Internet).with_data_uris(),
    ] {
        let checked = Draft::new(fields.clone()).check(spec, &facts);
        let is_clean = checked.report.errors().next().is_none();
        assert_eq!(checked.request.is_some(), is_clean);
        if let Some(request) = checked.request {
            let again = Draft::new(request.input().clone()).check(spec, &facts);
            assert_eq!(again.request, Some(request));
        }
    }
}
