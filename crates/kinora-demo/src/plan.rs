//! What a job's input says about its video.

use kinora::{Object, RequestId, Value};
use kinora_motion::{Motion, Resolution, Still, Template};

/// How a still is to move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    template: Template,
    seed: u64,
    prompt: String,
    resolution: Resolution,
}

impl Plan {
    /// Reads a job's input. It was checked when the job was accepted, so whatever is missing or
    /// odd here has its default.
    pub(crate) fn read(input: &Object) -> Self {
        Self {
            template: Template::from(input.text(TEMPLATE)),
            seed: input
                .get(SEED)
                .and_then(Value::as_int)
                .map_or(0, i64::cast_unsigned),
            prompt: input.text(PROMPT).unwrap_or_default().to_owned(),
            resolution: match input.text(RESOLUTION) {
                Some("1080P") => Resolution::P1080,
                _ => Resolution::P480,
            },
        }
    }

    /// Sets a still in motion.
    pub(crate) fn motion(&self, still: &Still) -> Motion {
        Motion::new(
            still,
            &self.template,
            self.seed,
            &self.prompt,
            self.resolution,
        )
    }
}

/// The input with a seed in it. Where nobody chose one it comes from the job's id, so that a job
/// that is made again after a reload is made the same.
pub(crate) fn seeded(mut input: Object, id: &RequestId) -> Object {
    if input.get(SEED).and_then(Value::as_int).is_none() {
        let hash = id.as_str().bytes().fold(FNV_OFFSET, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(FNV_PRIME)
        });
        input.insert(SEED, i64::from(hash));
    }
    input
}

/// The address of the image in a job's input.
pub(crate) fn image(input: &Object) -> Option<&str> {
    input.text(IMAGE)
}

// Fields of wan 2.2, as `ModelSpec::wan_2_2` has them.
const IMAGE: &str = "img_url";
const PROMPT: &str = "prompt";
const RESOLUTION: &str = "resolution";
const SEED: &str = "seed";
const TEMPLATE: &str = "template";

// FNV-1a, 32 bits: <http://www.isthe.com/chongo/tech/comp/fnv/>.
const FNV_OFFSET: u32 = 0x811c_9dc5;
const FNV_PRIME: u32 = 0x0100_0193;

#[cfg(test)]
mod tests {
    use kinora::ModelSpec;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn id(text: &str) -> RequestId {
        RequestId::parse(text).unwrap()
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn an_input_is_read_by_the_fields_of_its_model() {
        let spec = ModelSpec::wan_2_2();
        for field in [IMAGE, PROMPT, RESOLUTION, SEED, TEMPLATE] {
            assert!(spec.field(field).is_some(), "{field}");
        }
        let input = Object::new()
            .with(PROMPT, "pan left")
            .with(TEMPLATE, "squish")
            .with(RESOLUTION, "1080P")
            .with(SEED, 7);
        let wanted = Plan {
            template: Template::Squish,
            seed: 7,
            prompt: "pan left".to_owned(),
            resolution: Resolution::P1080,
        };
        assert_eq!(Plan::read(&input), wanted);
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn whatever_is_missing_has_its_default() {
        let plan = Plan::read(&Object::new());
        assert_eq!((plan.template, plan.seed), (Template::CameraMove, 0));
        assert_eq!(plan.resolution, Resolution::P480);
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_seed_that_nobody_chose_is_the_jobs_own() {
        let seed = |input, name| Plan::read(&seeded(input, &id(name))).seed;
        assert_eq!(seed(Object::new(), "a"), seed(Object::new(), "a"));
        assert_ne!(seed(Object::new(), "a"), seed(Object::new(), "b"));
        assert_eq!(seed(Object::new().with(SEED, -1), "a"), u64::MAX);
    }
}
