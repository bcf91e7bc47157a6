//! Keywords, types, formats and rules of the schemas that the service publishes for its models.
//!
//! Read on API pages such as
//! <https://www.runcomfy.com/models/wan-ai/wan-2-2/image-to-video/api> and in the tools that
//! RunComfy publishes for its own catalogue,
//! <https://github.com/runcomfy-com/comfyui-runcomfy-partner-nodes> and
//! <https://github.com/runcomfy-com/runcomfy-mcp> (all read 2026-11-22).

/// The fields of an object, by name.
pub const PROPERTIES: &str = "properties";
/// Names of the fields that must be given.
pub const REQUIRED: &str = "required";
/// What a value is: a word, or several of which it may be any.
pub const TYPE: &str = "type";
/// A label.
pub const TITLE: &str = "title";
/// An explanation.
pub const DESCRIPTION: &str = "description";
/// What is assumed of a field that is left out.
pub const DEFAULT: &str = "default";
/// The values to choose from.
pub const ENUM: &str = "enum";
/// The least number, included.
pub const MINIMUM: &str = "minimum";
/// The greatest number, included.
pub const MAXIMUM: &str = "maximum";
/// The most characters of a text.
pub const MAX_LENGTH: &str = "maxLength";
/// The fewest items of a list.
pub const MIN_ITEMS: &str = "minItems";
/// The most items of a list.
pub const MAX_ITEMS: &str = "maxItems";
/// What each item of a list is.
pub const ITEMS: &str = "items";
/// What a text means.
pub const FORMAT: &str = "format";
/// Rules for a file, each with a name, a value and a sentence.
pub const VALIDATIONS: &str = "validations";
/// The name of a rule.
pub const RULE: &str = "validation_rule";
/// The value of a rule.
pub const VALUE: &str = "validation_value";

/// Words after [`TYPE`].
pub mod kind {
    /// Text.
    pub const STRING: &str = "string";
    /// A whole number.
    pub const INTEGER: &str = "integer";
    /// Any number.
    pub const NUMBER: &str = "number";
    /// Any number, in words of the service's own.
    pub const FLOAT: &str = "float";
    /// `true` or `false`.
    pub const BOOLEAN: &str = "boolean";
    /// A list.
    pub const ARRAY: &str = "array";
    /// An object.
    pub const OBJECT: &str = "object";
    /// Nothing.
    pub const NULL: &str = "null";
}

/// Words after [`FORMAT`]. Each has a plural in `s`, for lists.
pub mod format {
    /// The address of an image.
    pub const IMAGE: &str = "image_uri";
    /// The address of a video.
    pub const VIDEO: &str = "video_uri";
    /// The address of a sound.
    pub const AUDIO: &str = "audio_uri";
    /// The address of something.
    pub const ANY: &str = "uri";
}

/// Words after [`RULE`].
pub mod rule {
    /// Wider than so many pixels.
    pub const WIDTH_ABOVE: &str = "width_pixels>";
    /// Narrower than so many pixels.
    pub const WIDTH_BELOW: &str = "width_pixels<";
    /// Higher than so many pixels.
    pub const HEIGHT_ABOVE: &str = "height_pixels>";
    /// Lower than so many pixels.
    pub const HEIGHT_BELOW: &str = "height_pixels<";
    /// Wider than so many times its height.
    pub const RATIO_ABOVE: &str = "width/height>";
    /// Narrower than so many times its height.
    pub const RATIO_BELOW: &str = "width/height<";
    /// Smaller than so many megabytes.
    pub const MEGABYTES_BELOW: &str = "file_size_mb<";
}
