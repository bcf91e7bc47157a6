//! Every number the service publishes, each with the page it was read on.
//!
//! The API page of the model:
//! <https://www.runcomfy.com/models/wan-ai/wan-2-2/image-to-video/api> (read 2026-11-22).

use crate::image::ByteSize;

/// Most characters (Unicode code points) in `prompt`. API page, input schema, `maxLength`.
pub const PROMPT_CHARS: usize = 800;

/// Most characters (Unicode code points) in `negative_prompt`. API page, input schema, `maxLength`.
pub const NEGATIVE_PROMPT_CHARS: usize = 500;

/// Image sides must be longer than this, in pixels. API page, rule `width_pixels>`.
///
/// Exactly this length is undecided: the rule's operator excludes it, its sentence includes it.
pub const IMAGE_SIDE_ABOVE: u32 = 360;

/// Image sides must be shorter than this, in pixels. API page, rule `width_pixels<`.
///
/// Exactly this length is undecided, as with [`IMAGE_SIDE_ABOVE`].
pub const IMAGE_SIDE_BELOW: u32 = 2000;

/// Image files must be smaller than this many megabytes. API page, rule `file_size_mb<`.
pub const IMAGE_MEGABYTES_BELOW: u32 = 10;

/// A file below this is small enough however the service counts a megabyte (10^6 bytes).
pub const IMAGE_BYTES_SURE: ByteSize = ByteSize::megabytes(IMAGE_MEGABYTES_BELOW);

/// A file above this is too large however the service counts a megabyte (2^20 bytes).
pub const IMAGE_BYTES_MOST: ByteSize = ByteSize::mebibytes(IMAGE_MEGABYTES_BELOW);

/// The only length of video the model makes, in seconds. API page, `duration`.
pub const DURATION_SECONDS: i64 = 5;

/// Longest request id that is accepted, in characters. The service documents only "string";
/// its own ComfyUI nodes refuse longer ones:
/// <https://github.com/runcomfy-com/comfyui-runcomfy-partner-nodes> (read 2026-11-22).
pub const REQUEST_ID_CHARS: usize = 128;

/// Most models on a page of the catalogue.
/// <https://docs.runcomfy.com/model-apis/model-catalog-endpoints> (read 2026-11-22).
pub const CATALOG_PAGE_MOST: u32 = 500;

/// How many models a page of the catalogue holds when nobody says. Same page.
pub const CATALOG_PAGE_USUAL: u32 = 100;

/// Longest intent id of ours, in characters.
pub const INTENT_ID_CHARS: usize = 64;

/// Largest integer that JavaScript, and so any JSON peer written in it, keeps exact: 2^53 − 1.
/// <https://tc39.es/ecma262/#sec-number.max_safe_integer>
pub const MAX_SAFE_INTEGER: i64 = (1 << 53) - 1;
