//! Every message that a draft can earn, in one table, to be read aloud.

use core::fmt::Write;

use super::any_model::spec;
use super::*;
use crate::limits::JSON_DEPTH;

/// What was put in, then what is said about it.
#[test]
fn the_messages_say_what_why_and_what_next() {
    let mut table = String::new();
    for (spec, field, label, value, facts) in bad_inputs() {
        let draft = Draft::new(Object::new().with(field, value));
        let checked = draft.check(&spec, &facts);
        let _ = writeln!(table, "{field}: {label}");
        for issue in checked.report.of(field) {
            let (severity, code) = (issue.severity, issue.code);
            let _ = writeln!(table, "    {severity:?} {code}: {}", issue.message);
        }
    }
    assert_eq!(table, include_str!("messages.txt"), "{table}");
}

type Bad = (ModelSpec, &'static str, &'static str, Value, Facts);

fn bad_inputs() -> Vec<Bad> {
    let plain = || Facts::new(Reach::Internet);
    let of_wan = [
        ("prompt", "nothing", Value::Null),
        ("prompt", "white space", " ".into()),
        ("prompt", "803 letters", "x".repeat(803).into()),
        ("prompt", "a number", 5.into()),
        ("img_url", "nothing", Value::Null),
        ("template", "an unknown name", "melt".into()),
        ("resolution", "an unknown one", "8K".into()),
        ("resolution", "small letters", "480p".into()),
        ("duration", "6", 6.into()),
        ("duration", "text", "5".into()),
        ("prompt_extend", "text", "yes".into()),
        ("seed", "half", Value::Float(0.5)),
        ("seed", "2^53", (1_i64 << 53).into()),
        ("lora", "anything", 1.into()),
    ];
    let of_wan =
        of_wan.map(|(field, label, value)| (ModelSpec::wan_2_2(), field, label, value, plain()));
    let of_any = of_any_model()
        .into_iter()
        .map(|(field, label, value)| (spec(), field, label, value, plain()));
    of_wan
        .into_iter()
        .chain(of_any)
        .chain(addresses())
        .chain(looks())
        .collect()
}

fn of_any_model() -> Vec<(&'static str, &'static str, Value)> {
    let addresses = |count| Value::List(vec![Value::from(IMAGE); count]);
    let nested = (0..=JSON_DEPTH).fold(Value::Null, |inner, _| Value::List(vec![inner]));
    vec![
        ("references", "one of two", addresses(1)),
        ("references", "four of three", addresses(4)),
        ("references", "an address", IMAGE.into()),
        (
            "references",
            "no addresses",
            Value::List(vec![1.into(), "".into(), "a.png".into()]),
        ),
        ("clip_url", "a list", Value::List(Vec::new())),
        ("mode", "other letters", "quality".into()),
        ("duration", "7", 7.into()),
        ("length", "a number", 5.into()),
        ("steps", "0", 0.into()),
        ("steps", "51", 51.into()),
        ("steps", "a number in quotes", "7".into()),
        ("start", "-1", (-1).into()),
        ("scale", "1.75", Value::Float(1.75)),
        ("scale", "no number", Value::Float(f64::NAN)),
        ("strength", "2", 2.into()),
        ("sound", "1", 1.into()),
        ("shots", "three of two", addresses(3)),
        ("shots", "text", "x".into()),
        ("camera", "text", "x".into()),
        ("extra", "too deep", nested),
        (
            "other",
            "too deep inside",
            Value::List(vec![Value::Float(f64::INFINITY)]),
        ),
    ]
}

fn addresses() -> Vec<Bad> {
    let inline = || Facts::new(Reach::Internet).with_data_uris();
    let mut bad: Vec<Bad> = [
        "lake.jpg",
        "http://example.com/lake.jpg",
        "ftp://example.com/lake.jpg",
        "https://me:pw@example.com/lake.jpg",
        "https://192.168.0.7/lake.jpg",
        "data:image/png;base64,AAAA",
        "https://exa mple.com/lake.jpg",
    ]
    .map(|text| {
        (
            spec(),
            "start_image_url",
            text,
            text.into(),
            Facts::new(Reach::Internet),
        )
    })
    .into();
    let large = format!("data:image/png;base64,{}", "A".repeat(9 << 20));
    let audio = "data:audio/wav;base64,AAAA";
    bad.push((spec(), "clip_url", audio, audio.into(), inline()));
    let plain = "data:video/mp4,AAAA";
    bad.push((spec(), "clip_url", plain, plain.into(), inline()));
    bad.push((
        spec(),
        "start_image_url",
        "6.75 MiB as data:",
        large.into(),
        inline(),
    ));
    bad
}

fn looks() -> Vec<Bad> {
    let found = |change: fn(&mut ImageFacts)| {
        let mut facts = ImageFacts {
            format: Some(ImageFormat::Jpeg),
            width: Some(1248),
            height: Some(832),
            bytes: Some(ByteSize::bytes(230_000)),
            alpha: Some(Alpha::Opaque),
            ..ImageFacts::default()
        };
        change(&mut facts);
        Look::Found(facts)
    };
    let of_wan = [
        ("not reachable", Look::Failed(LookProblem::Unreachable)),
        ("404", Look::Failed(LookProblem::Status(404))),
        (
            "a page",
            Look::Failed(LookProblem::NotAnImage(Some(ImageFormat::Html))),
        ),
        ("no image", Look::Failed(LookProblem::NotAnImage(None))),
        (
            "a cut PNG",
            Look::Failed(LookProblem::Damaged(ImageFormat::Png)),
        ),
        ("not looked at", Look::Failed(LookProblem::NotLooked)),
        ("not readable", Look::Found(ImageFacts::default())),
        (
            "a GIF",
            found(|facts| facts.format = Some(ImageFormat::Gif)),
        ),
        ("359 px wide", found(|facts| facts.width = Some(359))),
        ("360 px wide", found(|facts| facts.width = Some(360))),
        ("2001 px high", found(|facts| facts.height = Some(2001))),
        (
            "10 MB",
            found(|facts| facts.bytes = Some(ByteSize::megabytes(10))),
        ),
        (
            "11 MB",
            found(|facts| facts.bytes = Some(ByteSize::megabytes(11))),
        ),
        (
            "a transparent JPEG",
            found(|facts| facts.alpha = Some(Alpha::Transparent)),
        ),
    ];
    let of_any = [
        (
            "26 to 10",
            found(|facts| (facts.width, facts.height) = (Some(2600), Some(1000))),
        ),
        (
            "25 to 10",
            found(|facts| (facts.width, facts.height) = (Some(2500), Some(1000))),
        ),
        (
            "a cut PNG",
            Look::Failed(LookProblem::Damaged(ImageFormat::Png)),
        ),
        ("no image", Look::Failed(LookProblem::NotAnImage(None))),
        (
            "2 MB",
            found(|facts| facts.bytes = Some(ByteSize::megabytes(2))),
        ),
    ];
    let about = |spec: ModelSpec, field, (label, look)| {
        let facts = Facts::new(Reach::Internet).with_look(field, look);
        (spec, field, label, Value::from(IMAGE), facts)
    };
    let of_wan = of_wan.map(|case| about(ModelSpec::wan_2_2(), "img_url", case));
    of_wan
        .into_iter()
        .chain(of_any.map(|case| about(spec(), "start_image_url", case)))
        .collect()
}
