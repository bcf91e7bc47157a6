use kinora::wire::catalog::read;

use super::*;
use crate::{Catalog, Model};

fn bench() -> Bench {
    Bench::new(Scenario {
        models: Model::examples(),
        catalog: Some(Catalog::OF_MODELS),
        ..Scenario::default()
    })
}

#[test]
fn the_catalogue_is_for_those_who_may_ask() {
    let mut bench = Bench::new(Scenario {
        tokens: Tokens::only(["secret"]),
        catalog: Some(Catalog::OF_MODELS),
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
    let catalog = Some(Catalog::OF_MODELS);
    Bench::new(Scenario {
        catalog,
        ..Scenario::default()
    })
    .check(
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
        catalog: Some(Catalog::OF_MODELS),
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

fn names(bench: &mut Bench, query: &str) -> String {
    let answer = bench.ask(&request(&format!("GET /v1/models{query}")));
    assert_eq!(answer.status, 200, "{query}");
    let page = read::page(&answer).expect("a page");
    let names = page.models.iter().map(|model| model.id.to_string());
    format!(
        "{} of {}",
        names.collect::<Vec<_>>().join(" "),
        page.total.expect("a total")
    )
}

#[test]
fn models_are_found_by_search_category_kind_and_place() {
    let mut bench = bench();
    let wan = "wan-ai/wan-2-2/image-to-video";
    let drift = "example/drift-v1.5/4K/image-to-video";
    for (query, wanted) in [
        ("?search=wan", format!("{wan} of 1")),
        ("?search=MADE%20UP&limit=1", format!("{drift} of 4")),
        ("?category=image-to-video", format!("{wan} {drift} of 2")),
        ("?category=image-to-video&offset=1", format!("{drift} of 2")),
        (
            "?kind=workflow",
            "example/restyle/video-to-video of 1".to_owned(),
        ),
        ("?kind=inference", "example/postcard of 1".to_owned()),
        ("?kind=avatar", " of 0".to_owned()),
    ] {
        assert_eq!(names(&mut bench, query), wanted, "{query}");
    }
    let all = names(&mut bench, "");
    assert_eq!(all, names(&mut bench, "?limit=500"));
    assert!(all.ends_with("of 5"), "{all}");
}

#[test]
fn schemas_come_when_they_are_asked_for_and_with_one_model() {
    let mut bench = bench();
    let page = text(&bench.ask(&request("GET /v1/models")));
    assert!(!page.contains("input_schema"), "{page}");
    let page = bench.ask(&request("GET /v1/models?include_schema=true"));
    let page = read::page(&page).expect("a page");
    assert!(page.models.iter().all(|model| model.input_schema.is_some()));
    let one = bench.ask(&request(
        "GET /v1/models/example/drift-v1.5/4K/image-to-video",
    ));
    let one = read::model(&one).expect("a model");
    assert_eq!(
        page.models.iter().find(|model| model.id == one.id),
        Some(&one)
    );
}

#[test]
fn the_categories_are_those_of_the_models() {
    bench().check(
        "GET /v1/models/categories",
        concat!(
            r#"200 {"categories":["image-to-video","first-last-frame","reference-to-video","#,
            r#""video-to-video","text-to-image"]}"#,
        ),
    );
}

#[test]
fn input_is_held_against_the_models_own_schema() {
    for (violation, status) in [
        (Violation::Unprocessable, 422),
        (Violation::BadRequest, 400),
    ] {
        let mut bench = Bench::new(Scenario {
            models: Model::examples(),
            catalog: Some(Catalog::OF_MODELS),
            violation,
            ..Scenario::default()
        });
        let mut ask = |input: &str| {
            let sent = HttpRequest {
                body: submit(input).body,
                ..request("POST /v1/models/example/album/reference-to-video")
            };
            bench.ask(&sent).status
        };
        let image = r#""https://example.com/a.png""#;
        for (input, wanted) in [
            (format!(r#"{{"prompt":"x","image_urls":[{image}]}}"#), 200),
            (
                format!(r#"{{"prompt":"x","image_urls":[{image}],"duration":"10"}}"#),
                200,
            ),
            (
                format!(r#"{{"prompt":"x","image_urls":[{image}],"duration":10}}"#),
                status,
            ),
            (
                format!(r#"{{"prompt":"x","image_urls":[{image}],"guidance":2}}"#),
                status,
            ),
            (format!(r#"{{"prompt":"x","image_urls":{image}}}"#), status),
            (r#"{"prompt":"x","image_urls":[]}"#.to_owned(), status),
            (r#"{"prompt":"x"}"#.to_owned(), status),
        ] {
            assert_eq!(ask(&input), wanted, "{input}");
        }
    }
}

#[test]
fn a_result_tells_its_cost_to_those_who_ask() {
    let mut bench = bench();
    let id = bench.submit();
    bench.due();
    bench.finish(&id);
    let told = text(&bench.ask(&request(&format!("{RESULT}?include_cost=true"))));
    assert!(told.ends_with(r#","cost":0.25}"#), "{told}");
    assert!(!text(&bench.ask(&request(RESULT))).contains("cost"));
}

#[test]
fn a_service_without_a_catalogue_finds_nothing_there() {
    let mut bench = Bench::new(Scenario::default());
    for path in [
        "/v1/models",
        "/v1/models/categories",
        "/v1/models/wan-ai/wan-2-2/image-to-video",
    ] {
        bench.check(&format!("GET {path}"), r#"404 {"message":"Not Found"}"#);
    }
}
