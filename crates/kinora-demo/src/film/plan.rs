//! What a job's input says about its video.

use kinora::wire::input::{PROMPT, RESOLUTION, SEED, TEMPLATE};
use kinora::{Object, Value};
use kinora_motion::{Motion, Resolution, Still, Template, Work};

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
    pub(crate) fn motion<'a>(&'a self, still: &'a Still) -> Work<'a, Motion> {
        Motion::prepare(
            still,
            &self.template,
            self.seed,
            &self.prompt,
            self.resolution,
        )
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test(unsupported = test)]
    fn an_input_is_read_by_the_fields_of_its_model() {
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
    fn a_negative_seed_is_as_good_as_any() {
        let plan = Plan::read(&Object::new().with(SEED, -1));
        assert_eq!(plan.seed, u64::MAX);
    }
}
