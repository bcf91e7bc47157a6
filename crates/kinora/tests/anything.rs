//! Whatever a network, a store or a person hands in, the core answers and does not panic.

use kinora::image::{HeaderReader, Reading, Window};
use kinora::wire::{accepted, classify, read};
use kinora::{
    BaseUrl, Body, Draft, Facts, HttpResponse, ModelId, ModelSpec, Object, Reach, Record,
    RequestId, SourceUrl, Value, image,
};
use proptest::prelude::*;

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        any::<f64>().prop_map(Value::Float),
        "[a-z_/:.0-9 é]{0,24}".prop_map(Value::String),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            prop::collection::vec((key(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Object>())),
        ]
    })
}

/// Keys that something is looked for under, and others.
fn key() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "request_id",
        "status",
        "queue_position",
        "outcome",
        "output",
        "error",
        "error_code",
        "message",
        "videos",
        "image",
        "version",
        "stage",
        "prompt",
        "img_url",
        "seed",
        "other",
    ])
}

/// Beginnings that lead far into the readers of headers.
const STARTS: &[&[u8]] = &[
    b"",
    b"<!-- ",
    b"\0\0\0\x40ftyp",
    b"\x89PNG\r\n\x1A\n",
    b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1F\x15\xC4\x89",
    b"\xFF\xD8\xFF\xC2\0\x0B\x08\0\x10\0\x10\x01\x01\x11\0\xFF",
    b"\xFF\xD8\xFF\xE1\0\x40Exif\0\0MM\0\x2A\0\0\0\x08",
    b"RIFF\xFF\0\0\0WEBPVP8X\x0A\0\0\0\x08\0\0\0\x0F\0\0\x0F\0\0",
    b"RIFF\xFF\0\0\0WEBPVP8 ",
    b"RIFF\xFF\0\0\0WEBPVP8L",
    b"BM\x40\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0",
];

/// A schema of a field or of a model: the words that schemas have, in any order and place, with
/// anything after them.
fn schema() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "string",
        "integer",
        "number",
        "float",
        "boolean",
        "array",
        "object",
        "null",
        "tensor",
        "image_uri",
        "image_uris",
        "video_uri",
        "audio_uris",
        "uri",
        "width_pixels<",
        "width_pixels>",
        "height_pixels>",
        "width/height<",
        "file_size_mb<",
        "unheard_of<",
        "prompt",
        "img_url",
    ]);
    let leaf = prop_oneof![
        4 => word.prop_map(Value::from),
        1 => value(),
        1 => (-5_i64..50).prop_map(Value::Int),
    ];
    leaf.prop_recursive(4, 48, 5, |inner| {
        let members = prop::collection::vec((keyword(), inner.clone()), 0..7);
        prop_oneof![
            1 => prop::collection::vec(inner, 0..5).prop_map(Value::List),
            3 => members.prop_map(|members| Value::Object(members.into_iter().collect::<Object>())),
        ]
    })
}

fn keyword() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "properties",
        "required",
        "type",
        "title",
        "description",
        "default",
        "enum",
        "minimum",
        "maximum",
        "maxLength",
        "minItems",
        "maxItems",
        "items",
        "format",
        "validations",
        "validation_rule",
        "validation_value",
        "input_schema",
        "prompt",
        "img_url",
        "videos",
        "seed",
        "image",
        "other",
    ])
}

/// Fields that schemas are about, each with a schema of its own.
fn model() -> impl Strategy<Value = Value> {
    let fields = prop::collection::vec((key(), schema()), 0..6);
    let required = prop::collection::vec(key().prop_map(Value::from), 0..4);
    (fields, required).prop_map(|(fields, required)| {
        let fields: Object = fields.into_iter().collect();
        let schema = Object::new().with("properties", fields);
        schema.with("required", Value::List(required)).into()
    })
}

/// Values that are likely to be accepted, and others.
fn given() -> impl Strategy<Value = Value> {
    let address = prop::sample::select(vec![
        "https://example.com/a.png",
        " https://example.com/b.mp4 ",
        "data:image/png;base64,AAAA",
        "5",
        "string",
        "image_uri",
    ]);
    let address = address.prop_map(Value::from);
    prop_oneof![
        address.clone(),
        prop::collection::vec(address, 0..4).prop_map(Value::List),
        (-5_i64..50).prop_map(Value::Int),
        (-5_i64..50).prop_map(|number| Value::Float(number as f64 / 2.0)),
        value(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn every_schema_is_read_or_refused_in_words(schema in schema()) {
        match ModelSpec::from_value(ModelId::WAN_2_2.clone(), &schema) {
            Ok(spec) => prop_assert!(spec.published().is_some()),
            Err(problem) => prop_assert!(!problem.to_string().is_empty()),
        }
    }

    /// What comes out of a check goes through the same check unchanged.
    #[test]
    fn a_request_of_any_model_is_as_good_as_the_draft_it_came_from(
        model in model(),
        fields in prop::collection::vec((key(), given()), 0..8),
        inline in any::<bool>(),
    ) {
        let spec = ModelSpec::from_value(ModelId::WAN_2_2.clone(), &model).expect("it has fields");
        let facts = Facts::new(Reach::Internet);
        let facts = if inline { facts.with_data_uris() } else { facts };
        let checked = Draft::new(fields.into_iter().collect()).check(&spec, &facts);
        prop_assert_eq!(checked.request.is_none(), checked.report.errors().next().is_some());
        let places = checked.report.issues().iter().map(|issue| {
            let place = spec.fields().iter().position(|field| field.name == issue.field);
            place.unwrap_or(usize::MAX)
        });
        prop_assert!(places.is_sorted(), "issues come in form order: {:?}", checked.report);
        if let Some(request) = checked.request {
            let again = Draft::new(request.input().clone()).check(&spec, &facts);
            prop_assert_eq!(again.request, Some(request));
        }
    }
}

proptest! {
    #[test]
    fn every_answer_is_read_somehow(status in 100_u16..600, body in value()) {
        let response = HttpResponse { status, headers: Vec::new(), body: Body::Json(body) };
        let is_answer = classify(&response).is_ok();
        prop_assert!(!is_answer || (200..300).contains(&status));
        let _ = (read::submitted(&response), read::status(&response), read::cancelled(&response));
        let _ = (read::result(&response), accepted(&response));
    }

    #[test]
    fn every_draft_is_checked_and_only_a_clean_one_may_be_sent(
        fields in prop::collection::vec((key(), value()), 0..8),
    ) {
        let draft = Draft::new(fields.into_iter().collect());
        let checked = draft.check(&ModelSpec::wan_2_2(), &Facts::new(Reach::Internet));
        prop_assert_eq!(checked.request.is_none(), checked.report.errors().next().is_some());
    }

    #[test]
    fn no_stored_value_breaks_the_reading_of_records(stored in value()) {
        if let Ok(record) = Record::from_value(&stored) {
            prop_assert_eq!(Record::from_value(&record.to_value()), Ok(record));
        }
    }

    #[test]
    fn every_text_is_an_address_or_is_refused_in_words(text in "\\PC{0,60}") {
        for reach in [Reach::Internet, Reach::Loopback, Reach::Page] {
            if let Err(problem) = SourceUrl::parse(&text, reach) {
                prop_assert!(!problem.to_string().is_empty());
            }
        }
        let _ = (BaseUrl::parse(&text), ModelId::parse(&text), RequestId::parse(&text));
    }

    #[test]
    fn a_base_that_was_read_reads_the_same_again(host in "[a-z]{1,8}\\.[a-z]{2,5}", path in "(/[a-z0-9]{1,5}){0,3}/?") {
        let base = BaseUrl::parse(&format!("https://{host}{path}")).expect("a plain address");
        prop_assert_eq!(BaseUrl::parse(base.as_str()), Ok(base));
    }

    #[test]
    fn any_bytes_are_a_known_file_or_none(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        if let Some(format) = image::recognise(&bytes) {
            let _ = image::is_complete(format, &bytes);
        }
    }

    #[test]
    fn any_bytes_behind_any_signature_are_read_to_an_end(
        start in prop::sample::select(STARTS),
        bytes in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let file = [start, &bytes].concat();
        let whole = Some(file.len() as u64);
        let reading = HeaderReader::new().read(Window::new(0, &file, whole));
        prop_assert!(!matches!(reading, Reading::NeedMore { .. }), "{:?}", reading);
        for end in 0..file.len() {
            match image::read_header(&file[..end]) {
                Reading::NeedMore { at_least } => prop_assert!(at_least > end as u64),
                answer => prop_assert_eq!(answer, reading),
            }
        }
    }
}
