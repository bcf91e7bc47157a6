//! The models that presets serve. Wan 2.2 is the published one; the others are made up, so that
//! every shape of input that published models have stands somewhere.

use kinora::limits;
use kinora::wire::catalog::{CatalogModel, ModelKind};
use kinora::wire::schema::{format, kind, rule};
use kinora::wire::{input, word};
use kinora::{ModelId, ModelSpec, Value};

use super::Model;
use super::schema::{Input, with_inputs};

pub(super) fn all() -> Vec<Model> {
    let wan = Model {
        entry: wan_2_2(),
        spec: ModelSpec::wan_2_2(),
    };
    let others = [drift(), album(), restyle(), postcard()]
        .into_iter()
        .flatten();
    let others = others.filter_map(|entry| Model::published(entry).ok());
    [wan].into_iter().chain(others).collect()
}

/// <https://www.runcomfy.com/models/wan-ai/wan-2-2/image-to-video/api> (read 2026-11-22). The price
/// is made up.
fn wan_2_2() -> CatalogModel {
    let entry = CatalogModel {
        display_name: Some("Wan 2.2".to_owned()),
        description: Some("Makes a still move for five seconds.".to_owned()),
        categories: vec![IMAGE_TO_VIDEO.to_owned()],
        kind: Some(ModelKind::Model),
        base_price_usd: Some(0.05),
        price_unit: Some(word::SECOND.to_owned()),
        model_url: Some(format!("{PAGES}/wan-ai/wan-2-2/image-to-video")),
        ..CatalogModel::new(ModelId::WAN_2_2.clone())
    };
    with_inputs(entry, wan_inputs())
}

fn wan_inputs() -> Vec<Input> {
    let duration = Value::Int(limits::DURATION_SECONDS);
    vec![
        Input::text(input::PROMPT, "Prompt")
            .longest(limits::PROMPT_CHARS)
            .required(),
        Input::text(input::NEGATIVE_PROMPT, "Negative Prompt")
            .longest(limits::NEGATIVE_PROMPT_CHARS),
        Input::text(input::IMAGE, "Image")
            .described("JPEG, PNG without transparency, BMP or WEBP.")
            .rules(&wan_rules())
            .required(),
        Input::text(input::TEMPLATE, "Template").described("squish, flying, carousel and others"),
        Input::text(input::RESOLUTION, "Resolution")
            .one_of(["480P", "1080P"])
            .default("480P"),
        Input::new(input::DURATION, kind::INTEGER, "Duration")
            .one_of([duration.clone()])
            .default(duration),
        Input::new(input::PROMPT_EXTEND, kind::BOOLEAN, "Magic Prompt").default(true),
        Input::new(input::SEED, kind::INTEGER, "Seed"),
    ]
}

fn wan_rules() -> [(&'static str, Value, &'static str); 5] {
    let below = Value::from(i64::from(limits::IMAGE_SIDE_BELOW));
    let above = Value::from(i64::from(limits::IMAGE_SIDE_ABOVE));
    let megabytes = Value::from(i64::from(limits::IMAGE_MEGABYTES_BELOW));
    [
        (rule::WIDTH_BELOW, below.clone(), "The image is too wide."),
        (rule::HEIGHT_BELOW, below, "The image is too high."),
        (rule::WIDTH_ABOVE, above.clone(), "The image is too narrow."),
        (rule::HEIGHT_ABOVE, above, "The image is too low."),
        (rule::MEGABYTES_BELOW, megabytes, "The file is too large."),
    ]
}

/// Four segments with an upper case one; an image by its format, another at the end, a range of
/// seconds.
fn drift() -> Option<CatalogModel> {
    let entry = CatalogModel {
        display_name: Some("Drift 1.5".to_owned()),
        description: Some("Made up: from a first image to a last one.".to_owned()),
        categories: vec![IMAGE_TO_VIDEO.to_owned(), "first-last-frame".to_owned()],
        base_price_usd: Some(0.25),
        price_unit: Some(word::SECOND.to_owned()),
        ..made_up("example/drift-v1.5/4K/image-to-video")?
    };
    let ratio = [
        (
            rule::RATIO_BELOW,
            Value::Int(4),
            "The image is too wide for its height.",
        ),
        (
            rule::RATIO_ABOVE,
            Value::Float(0.25),
            "The image is too high for its width.",
        ),
    ];
    Some(with_inputs(
        entry,
        vec![
            Input::text("image_url", "First image")
                .format(format::IMAGE)
                .rules(&ratio)
                .required(),
            Input::text("last_image", "Last image").format(format::IMAGE),
            Input::text("prompt", "Prompt").longest(2000).default(""),
            Input::new("duration", kind::INTEGER, "Seconds")
                .between(2, 12)
                .default(5),
            Input::text("aspect_ratio", "Shape")
                .one_of(["auto", "16:9", "9:16", "1:1"])
                .default("auto"),
            Input::new("seed", kind::INTEGER, "Seed")
                .nullable(kind::INTEGER)
                .between(0, 4_294_967_295),
        ],
    ))
}

/// A list of images, seconds as text, and numbers in the service's own word for them.
fn album() -> Option<CatalogModel> {
    let entry = CatalogModel {
        display_name: Some("Album".to_owned()),
        description: Some("Made up: a video out of one to four images.".to_owned()),
        categories: vec!["reference-to-video".to_owned()],
        base_price_usd: Some(0.4),
        price_unit: Some("output".to_owned()),
        pricing_note: Some("Twice as much with sound.".to_owned()),
        ..made_up("example/album/reference-to-video")?
    };
    Some(with_inputs(
        entry,
        vec![
            Input::new("image_urls", kind::ARRAY, "Images")
                .items(kind::STRING, 1, 4)
                .required(),
            Input::text("prompt", "Prompt").required(),
            Input::text("duration", "Seconds")
                .one_of(["auto", "5", "10"])
                .default("auto"),
            Input::new("guidance", kind::FLOAT, "Guidance")
                .between(0, Value::Float(1.5))
                .default(Value::Float(0.5)),
            Input::new("sound", kind::BOOLEAN, "Sound").default(false),
        ],
    ))
}

/// A video and a sound, and settings that are objects and lists.
fn restyle() -> Option<CatalogModel> {
    let entry = CatalogModel {
        display_name: Some("Restyle".to_owned()),
        description: Some("Made up: another look for a video.".to_owned()),
        categories: vec!["video-to-video".to_owned()],
        kind: Some(ModelKind::Workflow),
        base_price_usd: Some(1.5),
        price_unit: Some("output".to_owned()),
        ..made_up("example/restyle/video-to-video")?
    };
    Some(with_inputs(
        entry,
        vec![
            Input::text("video_url", "Video")
                .format(format::VIDEO)
                .required(),
            Input::text("audio_url", "Sound").format(format::AUDIO),
            Input::new("camera", kind::OBJECT, "Camera"),
            Input::new("keyframes", kind::ARRAY, "Keyframes").items(kind::OBJECT, 0, 8),
        ],
    ))
}

/// Words alone.
fn postcard() -> Option<CatalogModel> {
    let entry = CatalogModel {
        display_name: Some("Postcard".to_owned()),
        description: Some("Made up: an image out of words.".to_owned()),
        categories: vec!["text-to-image".to_owned()],
        kind: Some(ModelKind::Inference),
        base_price_usd: Some(0.02),
        price_unit: Some("image".to_owned()),
        ..made_up("example/postcard")?
    };
    Some(with_inputs(
        entry,
        vec![
            Input::text("prompt", "Prompt").longest(500).required(),
            Input::new("images", kind::INTEGER, "How many")
                .between(1, 4)
                .default(1),
        ],
    ))
}

fn made_up(id: &str) -> Option<CatalogModel> {
    let entry = CatalogModel::new(ModelId::parse(id).ok()?);
    let kind = Some(ModelKind::Model);
    Some(CatalogModel { kind, ..entry })
}

const IMAGE_TO_VIDEO: &str = "image-to-video";
const PAGES: &str = "https://www.runcomfy.com/models";

#[cfg(test)]
mod tests {
    use kinora::{Draft, Facts, FieldKind, Object, Reach};

    use super::*;

    #[test]
    fn all_are_served_under_names_of_their_own() {
        let models = all();
        let ids: Vec<_> = models.iter().map(|model| model.id().as_str()).collect();
        assert_eq!(
            ids,
            [
                "wan-ai/wan-2-2/image-to-video",
                "example/drift-v1.5/4K/image-to-video",
                "example/album/reference-to-video",
                "example/restyle/video-to-video",
                "example/postcard",
            ]
        );
    }

    /// What the published schema says is what the core ships.
    #[test]
    fn the_published_wan_reads_as_the_one_that_ships() {
        let entry = wan_2_2();
        let schema = entry.input_schema.as_ref().expect("a schema");
        let read = ModelSpec::from_schema(entry.id.clone(), schema);
        let shipped = ModelSpec::wan_2_2();
        let names = |spec: &ModelSpec| {
            let fields = spec.fields().iter();
            fields
                .map(|field| (field.name.to_string(), field.required))
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&read), names(&shipped));
        for name in [
            "prompt",
            "negative_prompt",
            "resolution",
            "duration",
            "prompt_extend",
            "seed",
        ] {
            let kind = |spec: &ModelSpec| spec.field(name).map(|field| field.kind.clone());
            let default = |spec: &ModelSpec| spec.field(name).map(|field| field.default.clone());
            assert_eq!(kind(&read), kind(&shipped), "{name}");
            assert_eq!(default(&read), default(&shipped), "{name}");
        }
        let is_media = |spec: &ModelSpec| {
            matches!(
                spec.field("img_url").map(|field| &field.kind),
                Some(FieldKind::Media(_))
            )
        };
        assert!(is_media(&read) && is_media(&shipped));
    }

    #[test]
    fn a_sensible_draft_of_each_may_be_sent() {
        let image = "https://example.com/a.png";
        let inputs = [
            Object::new().with("prompt", "").with("img_url", image),
            Object::new()
                .with("image_url", image)
                .with("duration", 12)
                .with("seed", Value::Null),
            Object::new()
                .with("image_urls", Value::List(vec![image.into(); 4]))
                .with("prompt", "x")
                .with("duration", "10"),
            Object::new()
                .with("video_url", "https://example.com/a.mp4")
                .with("camera", Object::new()),
            Object::new().with("prompt", "x").with("images", 4),
        ];
        for (model, input) in all().iter().zip(inputs) {
            let checked = Draft::new(input).check(model.spec(), &Facts::new(Reach::Internet));
            assert!(
                checked.request.is_some(),
                "{}: {:?}",
                model.id(),
                checked.report
            );
        }
    }
}
