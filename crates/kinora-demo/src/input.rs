//! What the service reads in a job's input.

use kinora::wire::input::{IMAGE, SEED};
use kinora::{Object, RequestId, Value};

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

// FNV-1a, 32 bits: <http://www.isthe.com/chongo/tech/comp/fnv/>.
const FNV_OFFSET: u32 = 0x811c_9dc5;
const FNV_PRIME: u32 = 0x0100_0193;

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test(unsupported = test)]
    fn a_seed_that_nobody_chose_is_the_jobs_own() {
        let seed = |input, name| {
            let id = RequestId::parse(name).unwrap();
            seeded(input, &id).get(SEED).and_then(Value::as_int)
        };
        assert_eq!(seed(Object::new(), "a"), seed(Object::new(), "a"));
        assert_ne!(seed(Object::new(), "a"), seed(Object::new(), "b"));
        assert_eq!(seed(Object::new().with(SEED, -1), "a"), Some(-1));
    }
}
