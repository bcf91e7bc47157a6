//! Fields that take files.

use super::*;
use crate::model::{Between, MediaRules, MediaType};

fn between(above: Option<f64>, below: Option<f64>) -> Between {
    Between { above, below }
}

#[test]
fn files_are_found_by_format() {
    for (format, kind) in [
        ("image_uri", MediaType::Image),
        ("video_uri", MediaType::Video),
        ("audio_uri", MediaType::Audio),
        ("uri", MediaType::Any),
    ] {
        let rules = MediaRules {
            kind,
            ..MediaRules::default()
        };
        check(
            &format!(r#"{{"type":"string","format":"{format}"}}"#),
            FieldKind::Media(Cow::Owned(rules)),
        );
        check(
            &format!(r#"{{"format":"{format}"}}"#),
            FieldKind::Media(Cow::Owned(rules)),
        );
        let list = |least, most| FieldKind::MediaList {
            each: Cow::Owned(rules),
            count: Count { least, most },
        };
        for property in [
            format!(r#"{{"type":"array","format":"{format}s","maxItems":9,"minItems":1}}"#),
            format!(
                r#"{{"type":"array","items":{{"type":"string","format":"{format}"}},"maxItems":9,"minItems":1}}"#
            ),
            format!(r#"{{"format":"{format}s","maxItems":9,"minItems":1}}"#),
        ] {
            check(&property, list(1, Some(9)));
        }
    }
    check(
        r#"{"type":"string","format":"hostname"}"#,
        FieldKind::Text { most: None },
    );
}

#[test]
fn files_are_found_by_rules_and_by_names() {
    let ruled = r#"{"type":"string","validations":[{"validation_rule":"width_pixels>","validation_value":14}]}"#;
    let rules = MediaRules {
        kind: MediaType::Image,
        width: between(Some(14.0), None),
        ..MediaRules::default()
    };
    check(ruled, FieldKind::Media(Cow::Owned(rules)));
    let of = |name, property| match named(name, property).kind {
        FieldKind::Media(rules) => Some((rules.kind, false)),
        FieldKind::MediaList { each, .. } => Some((each.kind, true)),
        _ => None,
    };
    let sized = r#"{"type":"string","validations":[{"validation_rule":"file_size_mb<","validation_value":10}]}"#;
    let text = r#"{"type":"string"}"#;
    let image = Some((MediaType::Image, false));
    assert_eq!(of("img_url", text), image);
    assert_eq!(of("143_image", text), image);
    assert_eq!(
        of("promptImage", r#"{"type":"string","default":""}"#),
        image
    );
    assert_eq!(
        of("image_url", r#"{"type":"string","maxLength":2048}"#),
        image
    );
    let sample = r#"{"type":"string","default":"https://example.com/a.png"}"#;
    assert_eq!(of("image", sample), image);
    assert_eq!(of("video", sized), Some((MediaType::Video, false)));
    assert_eq!(of("it", sized), Some((MediaType::Any, false)));
    assert_eq!(
        of("images", r#"{"type":"array"}"#),
        Some((MediaType::Image, true))
    );
    let video_format = r#"{"type":"array","items":{"format":"video_uri"}}"#;
    assert_eq!(of("images", video_format), Some((MediaType::Video, true)));
    // Words, numbers and choices about images are no images.
    for (name, property) in [
        ("prompt", text),
        ("image", r#"{"type":"string","maxLength":300}"#),
        ("image", r#"{"type":"string","default":"none"}"#),
        ("image", r#"{"type":"string","enum":["sharp","soft"]}"#),
        ("images", r#"{"type":"integer"}"#),
        ("sound", r#"{"type":"boolean"}"#),
        ("images", r#"{"type":"array","items":{"type":"integer"}}"#),
        ("images", r#"{"type":"array","items":{"enum":["a"]}}"#),
        ("images", r#"{"type":"array","items":{"type":"object"}}"#),
    ] {
        assert_eq!(of(name, property), None, "{name} {property}");
    }
}

#[test]
fn every_rule_is_read_and_of_several_the_narrowest_counts() {
    let property = r#"{"type":"array","format":"image_uris","validations":[
        {"validation_rule":"width_pixels<","validation_value":2000,"validation_error":"x"},
        {"validation_rule":"width_pixels<","validation_value":1999},
        {"validation_rule":"width_pixels>","validation_value":360},
        {"validation_rule":"height_pixels<","validation_value":1000.5},
        {"validation_rule":"height_pixels>","validation_value":14},
        {"validation_rule":"height_pixels>","validation_value":13},
        {"validation_rule":"width/height<","validation_value":16},
        {"validation_rule":"width/height>","validation_value":0.0625},
        {"validation_rule":"file_size_mb<","validation_value":30},
        {"validation_rule":"file_size_mb>","validation_value":1},
        {"validation_rule":"duration_seconds<","validation_value":30},
        {"validation_rule":"width_pixels<","validation_value":"7"},
        {"validation_rule":7}, 7, null]}"#;
    let FieldKind::MediaList { each, .. } = named("it", property).kind else {
        panic!("a list of files");
    };
    let wanted = MediaRules {
        kind: MediaType::Image,
        width: between(Some(360.0), Some(1999.0)),
        height: between(Some(14.0), Some(1000.5)),
        ratio: between(Some(0.0625), Some(16.0)),
        megabytes_below: Some(30.0),
        ..MediaRules::default()
    };
    assert_eq!(*each, wanted);
}
