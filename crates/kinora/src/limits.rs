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

/// Most bytes that are read of a file whose model states no limit. A guard of ours against
/// downloads without end; models that state one state less.
pub const FILE_BYTES_READ: ByteSize = ByteSize::mebibytes(50);

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

/// Longest model id that is taken, in characters. The service publishes no limit; this is a
/// guard of ours against paths without end.
pub const MODEL_ID_CHARS: usize = 256;

/// Most bytes of an image that is part of a request, as RunComfy's own ComfyUI nodes cap it:
/// <https://github.com/runcomfy-com/comfyui-runcomfy-partner-nodes> (read 2026-11-22).
pub const DATA_IMAGE_BYTES: ByteSize = ByteSize::mebibytes(6);

/// Most pixels of an image that is part of a request. Source as of [`DATA_IMAGE_BYTES`].
pub const DATA_IMAGE_PIXELS: u64 = 32_000_000;

/// Most bytes of a video that is part of a request. Source as of [`DATA_IMAGE_BYTES`].
pub const DATA_VIDEO_BYTES: ByteSize = ByteSize::mebibytes(32);

/// Most bytes of a sound that is part of a request. Source as of [`DATA_IMAGE_BYTES`].
pub const DATA_AUDIO_BYTES: ByteSize = ByteSize::mebibytes(16);

/// Most bytes of a request's body. Source as of [`DATA_IMAGE_BYTES`].
pub const BODY_BYTES: ByteSize = ByteSize::mebibytes(64);

/// How many lists and objects may stand inside each other in a field of raw JSON. A guard of ours:
/// deeper values exhaust the stack of whoever reads them.
pub const JSON_DEPTH: usize = 64;

/// Longest intent id of ours, in characters.
pub const INTENT_ID_CHARS: usize = 64;

/// Largest integer that JavaScript, and so any JSON peer written in it, keeps exact: 2^53 − 1.
/// <https://tc39.es/ecma262/#sec-number.max_safe_integer>
pub const MAX_SAFE_INTEGER: i64 = (1 << 53) - 1;
