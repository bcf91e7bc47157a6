//! Texts written from the service's pages pin what is sent and read, each on its own.

use super::*;
use crate::image::Look;
use crate::wire::read::{CancelAnswer, ResultAnswer};
use crate::{
    BaseUrl, Draft, Error, Facts, HostKind, HttpResponse, Media, MediaKind, ModelSpec, Object,
    Reach, ServiceErrorKind, ServiceState, Status, WallTime,
};

mod asking;
mod reading;
mod telling;
mod trouble;

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("the fixture is JSON")
}

fn answer(status: u16, text: &str) -> HttpResponse {
    HttpResponse::json(status, json(text))
}

fn connection(host: HostKind) -> Connection {
    let base = match host {
        HostKind::Kinora => "https://relay.example.com",
        HostKind::RunComfy => "https://model-api.runcomfy.net",
    };
    let base = BaseUrl::parse(base).expect("a base");
    Connection::new(base, host)
}

fn request() -> Request {
    let mut draft = Draft::default();
    draft.set("prompt", "");
    draft.set("img_url", "https://example.com/a.png");
    let facts = Facts::new(Reach::Internet).with_look("img_url", Look::Pending);
    draft
        .check(&ModelSpec::wan_2_2(), &facts)
        .request
        .expect("it may be sent")
}

fn id() -> RequestId {
    RequestId::parse("7f3a-1").expect("an id")
}
