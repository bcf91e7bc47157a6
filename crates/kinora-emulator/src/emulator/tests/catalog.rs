use super::*;
use crate::Model;

fn bench() -> Bench {
    Bench::new(Scenario {
        models: Model::examples(),
        ..Scenario::default()
    })
}

#[test]
fn the_catalogue_is_for_those_who_may_ask() {
    let mut bench = Bench::new(Scenario {
        tokens: Tokens::only(["secret"]),
        ..Scenario::default()
    });
    for path in [
        "/v1/models",
        "/v1/models/categories",
        "/v1/models/wan-ai/wan-2-2/image-to-video",
    ] {
        let call = request(&format!("GET {path}"));
        assert_eq!(bench.ask(&call).status, 400, "{path}");
        assert_eq!(
            bench
                .ask(&with(call, "authorization", "Bearer secret"))
                .status,
            200,
            "{path}"
        );
    }
}

#[test]
fn a_bare_model_is_listed_by_its_name() {
    Bench::new(Scenario::default()).check(
        "GET /v1/models?search=WAN",
        concat!(
            r#"200 {"models":[{"model_id":"wan-ai/wan-2-2/image-to-video","categories":[],"#,
            r#""inputs":[],"required_inputs":[]}],"total":1,"limit":100,"offset":0}"#,
        ),
    );
}

#[test]
fn a_query_that_means_nothing_is_refused_as_the_scenario_says() {
    bench().check(
        "GET /v1/models?limit=501",
        concat!(
            r#"422 {"error_message":"limit: it must be a number from 1 to 500.","#,
            r#""detail":["limit: it must be a number from 1 to 500."]}"#,
        ),
    );
    let mut bench = Bench::new(Scenario {
        violation: Violation::BadRequest,
        ..Scenario::default()
    });
    assert_eq!(bench.ask(&request("GET /v1/models?offset=x")).status, 400);
}

#[test]
fn an_unknown_model_is_not_found() {
    bench().check(
        "GET /v1/models/wan-ai/wan-9",
        r#"404 {"error_code":404001,"error_message":"Resource not found."}"#,
    );
}
