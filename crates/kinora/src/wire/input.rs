//! Keys of wan 2.2's input, as its API page has them:
//! <https://www.runcomfy.com/models/wan-ai/wan-2-2/image-to-video/api> (read 2026-11-22).

/// What is to be seen.
pub const PROMPT: &str = "prompt";
/// What must not be seen.
pub const NEGATIVE_PROMPT: &str = "negative_prompt";
/// The image's address.
pub const IMAGE: &str = "img_url";
/// An effect in place of the prompt.
pub const TEMPLATE: &str = "template";
/// How many lines the video has.
pub const RESOLUTION: &str = "resolution";
/// How long the video is, in seconds.
pub const DURATION: &str = "duration";
/// Whether the service may reword the prompt.
pub const PROMPT_EXTEND: &str = "prompt_extend";
/// What makes a video come out the same again.
pub const SEED: &str = "seed";

/// All of them, in published order.
pub const ALL: [&str; 8] = [
    PROMPT,
    NEGATIVE_PROMPT,
    IMAGE,
    TEMPLATE,
    RESOLUTION,
    DURATION,
    PROMPT_EXTEND,
    SEED,
];
