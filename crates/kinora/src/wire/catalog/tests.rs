//! The catalogue on the wire. Texts are composed from the page's list of fields and the sources
//! of RunComfy's own clients: <https://docs.runcomfy.com/model-apis/model-catalog-endpoints>,
//! <https://github.com/runcomfy-com/runcomfy-cli> (both read 2026-11-22).

use super::*;
use crate::{BaseUrl, Error, HostKind, HttpResponse, ServiceErrorKind, Value};

const PAGE: &str = r#"{"models":[
    {"model_id":"kling/kling-video-o3/4K/image-to-video","display_name":"Kling O3","description":"Stills that move",
     "categories":["image-to-video","kling"],"kind":"model","base_price_usd":0.044,"price_unit":"second",
     "pricing_note":"twice at night","model_url":"https://www.runcomfy.com/models/kling/o3",
     "inputs":["prompt","image"],"required_inputs":["prompt"],
     "input_schema":{"type":"object","properties":{"prompt":{"type":"string"}}}},
    {"model_id":"a/b","kind":"avatar","base_price_usd":1,"inputs":[{"name":"prompt"},7]},
    {"model_id":"../b"}, {"display_name":"nameless"}, 7],
    "total":384,"limit":5,"offset":10}"#;

fn answer(status: u16, text: &str) -> HttpResponse {
    let value: Value = serde_json::from_str(text).expect("the fixture is JSON");
    HttpResponse::json(status, value)
}

fn connection() -> Connection {
    let base = BaseUrl::parse("https://model-api.runcomfy.net").expect("a base");
    let host = HostKind::RunComfy;
    Connection::new(base, host)
}

fn text(object: Object) -> String {
    serde_json::to_string(&Value::Object(object)).expect("JSON")
}

fn full() -> CatalogQuery {
    CatalogQuery {
        search: Some("wan & 2".to_owned()),
        category: Some("image-to-video".to_owned()),
        kind: Some(ModelKind::Workflow),
        include_schema: true,
        limit: Some(500),
        offset: 20,
    }
}

#[test]
fn each_call_has_its_path() {
    let id = ModelId::parse("kling/kling-video-o3/4K/image-to-video").expect("an id");
    for (sent, path) in [
        (
            models(&connection(), &CatalogQuery::default()),
            "/v1/models",
        ),
        (
            models(&connection(), &full()),
            "/v1/models?search=wan%20%26%202&category=image-to-video&kind=workflow\
             &include_schema=true&limit=500&offset=20",
        ),
        (categories(&connection()), "/v1/models/categories"),
        (
            model(&connection(), &id),
            "/v1/models/kling/kling-video-o3/4K/image-to-video",
        ),
    ] {
        assert_eq!(sent.url, format!("https://model-api.runcomfy.net{path}"));
        assert_eq!((sent.method, sent.auth), (Method::Get, crate::Auth::Base));
        assert!(sent.headers.is_empty());
    }
}

#[test]
fn a_query_can_be_read_again() {
    for query in [CatalogQuery::default(), full()] {
        assert_eq!(CatalogQuery::parse(&query.to_string()), Ok(query));
    }
    let empty = "search=&category=&kind=&utm=%20&&limit=7&limit=8";
    let read = CatalogQuery::parse(empty).expect("a query");
    assert_eq!(
        read,
        CatalogQuery {
            limit: Some(8),
            ..CatalogQuery::default()
        }
    );
}

#[test]
fn a_query_that_means_nothing_is_refused() {
    for (query, problem) in [
        ("limit=0", BadQuery::Limit),
        ("limit=501", BadQuery::Limit),
        ("limit=many", BadQuery::Limit),
        ("offset=-1", BadQuery::Offset),
        ("include_schema=yes", BadQuery::Truth),
        ("search=%zz", BadQuery::Escape),
    ] {
        assert_eq!(CatalogQuery::parse(query), Err(problem), "{query}");
    }
    assert_eq!(
        CatalogQuery::parse("limit=500").map(|query| query.limit()),
        Ok(500)
    );
    assert_eq!(CatalogQuery::default().limit(), 100);
    let words = BadQuery::Limit.to_string();
    assert_eq!(words, "limit: it must be a number from 1 to 500.");
}

#[test]
fn every_route_of_the_catalogue_is_recognised() {
    use super::route::{Route, recognise};
    let model = |id| Route::Model(ModelId::parse(id).expect("an id"));
    for (path, wanted) in [
        ("/v1/models", Some(Route::Models(String::new()))),
        (
            "/v1/models?limit=2",
            Some(Route::Models("limit=2".to_owned())),
        ),
        ("/v1/models/categories", Some(Route::Categories)),
        ("/v1/models/a/b?x=y", Some(model("a/b"))),
        (
            "/v1/models/bytedance/seedance-v1.5-pro/4K",
            Some(model("bytedance/seedance-v1.5-pro/4K")),
        ),
        ("/v1/models/", None),
        ("/v1/models/a", None),
        ("/v1/models/a%2Fb/c", None),
        ("/v1/models/../requests", None),
        ("/v1/modelsx", None),
    ] {
        assert_eq!(recognise(Method::Get, path), wanted, "{path}");
    }
    assert_eq!(recognise(Method::Post, "/v1/models"), None);
    assert_eq!(recognise(Method::Post, "/v1/models/categories"), None);
}

#[test]
fn a_page_is_read_with_all_that_it_says() {
    let page = read::page(&answer(200, PAGE)).expect("a page");
    assert_eq!((page.total, page.offset, page.unusable), (Some(384), 10, 3));
    let [full, bare] = page.models.as_slice() else {
        panic!("two usable entries: {:?}", page.models)
    };
    assert_eq!(full.id.as_str(), "kling/kling-video-o3/4K/image-to-video");
    assert_eq!(full.display_name.as_deref(), Some("Kling O3"));
    assert_eq!(full.description.as_deref(), Some("Stills that move"));
    assert_eq!(full.categories, ["image-to-video", "kling"]);
    assert_eq!(full.kind, Some(ModelKind::Model));
    assert_eq!(
        (full.base_price_usd, full.price_unit.as_deref()),
        (Some(0.044), Some(word::SECOND))
    );
    assert_eq!(full.pricing_note.as_deref(), Some("twice at night"));
    assert_eq!(
        full.model_url.as_deref(),
        Some("https://www.runcomfy.com/models/kling/o3")
    );
    assert_eq!(
        (&full.inputs[..], &full.required_inputs[..]),
        (
            &["prompt".to_owned(), "image".to_owned()][..],
            &["prompt".to_owned()][..]
        )
    );
    let schema = full.input_schema.clone().map(text);
    let wanted = r#"{"type":"object","properties":{"prompt":{"type":"string"}}}"#;
    assert_eq!(schema.as_deref(), Some(wanted));
    let mut wanted = CatalogModel::new(ModelId::parse("a/b").expect("an id"));
    wanted.kind = Some(ModelKind::Unknown("avatar".to_owned()));
    wanted.base_price_usd = Some(1.0);
    wanted.inputs = vec!["prompt".to_owned()];
    assert_eq!(*bare, wanted);
}

#[test]
fn each_kind_is_the_services_word() {
    for (kind, word) in [
        (ModelKind::Model, "model"),
        (ModelKind::Workflow, "workflow"),
        (ModelKind::Inference, "inference"),
        (ModelKind::Unknown("avatar".to_owned()), "avatar"),
    ] {
        assert_eq!(kind.as_str(), word);
        assert_eq!(ModelKind::from(word.to_owned()), kind);
    }
}

#[test]
fn a_walk_over_the_pages_ends() {
    let at = |text: &str| {
        read::page(&answer(200, text))
            .expect("a page")
            .next_offset()
    };
    assert_eq!(at(PAGE), Some(15));
    assert_eq!(at(r#"{"models":[{"model_id":"a/b"}],"total":1}"#), None);
    assert_eq!(at(r#"{"models":[{"model_id":"a/b"}]}"#), Some(1));
    assert_eq!(at(r#"{"models":[],"total":384,"offset":10}"#), None);
}

#[test]
fn categories_and_one_model_are_read() {
    let read = read::categories(&answer(200, r#"{"categories":["image-to-video",7]}"#));
    assert_eq!(read, Ok(vec!["image-to-video".to_owned()]));
    let model = read::model(&answer(200, r#"{"model_id":"a/b"}"#));
    assert_eq!(
        model.map(|model| model.id.to_string()),
        Ok("a/b".to_owned())
    );
}

#[test]
fn what_is_no_catalogue_is_said_so() {
    let unreadable = Error::Unreadable { status: 200 };
    for text in ["{}", r#"{"models":7,"categories":"x","model_id":"a"}"#] {
        let answer = answer(200, text);
        assert_eq!(read::page(&answer), Err(unreadable.clone()), "{text}");
        assert_eq!(read::categories(&answer), Err(unreadable.clone()), "{text}");
        assert_eq!(read::model(&answer), Err(unreadable.clone()), "{text}");
    }
    let refused = read::page(&answer(200, r#"{"error_code":400004,"models":[]}"#));
    assert!(
        matches!(refused, Err(Error::Service(error)) if error.kind == ServiceErrorKind::BadToken)
    );
}

#[test]
fn an_entry_is_answered_as_it_is_read() {
    let page = read::page(&answer(200, PAGE)).expect("a page");
    for model in &page.models {
        let again = read::model(&HttpResponse::json(200, answer::model(model)));
        assert_eq!(again.as_ref(), Ok(model));
    }
    let bare = CatalogModel::new(ModelId::parse("a/b").expect("an id"));
    let wanted = r#"{"model_id":"a/b","categories":[],"inputs":[],"required_inputs":[]}"#;
    assert_eq!(text(answer::model(&bare)), wanted);
}

#[test]
fn a_page_is_answered_as_the_query_asks() {
    let page = read::page(&answer(200, PAGE)).expect("a page");
    let all: Vec<_> = page.models.iter().collect();
    let ids = |query: &str| {
        let query = CatalogQuery::parse(query).expect("a query");
        let answered = read::page(&HttpResponse::json(200, answer::page(&all, &query)));
        let models = answered.expect("a page").models;
        let ids: Vec<_> = models.iter().map(|model| model.id.to_string()).collect();
        ids.join(" ")
    };
    let kling = "kling/kling-video-o3/4K/image-to-video";
    assert_eq!(ids(""), format!("{kling} a/b"));
    assert_eq!(ids("search=STILLS+kling"), kling);
    assert_eq!(ids("search=stills+x"), "");
    assert_eq!(ids("category=kling"), kling);
    assert_eq!(ids("kind=avatar"), "a/b");
    assert_eq!(ids("limit=1&offset=1"), "a/b");
    assert_eq!(ids("offset=2"), "");
    let query = CatalogQuery::parse("limit=1").expect("a query");
    assert!(text(answer::page(&all, &query)).ends_with(r#"],"total":2,"limit":1,"offset":0}"#));
    assert!(!text(answer::page(&all, &query)).contains("input_schema"));
    let query = CatalogQuery::parse("include_schema=true").expect("a query");
    assert!(text(answer::page(&all, &query)).contains(r#""input_schema":{"type":"object""#));
    assert_eq!(
        text(answer::categories(&all)),
        r#"{"categories":["image-to-video","kling"]}"#
    );
}
