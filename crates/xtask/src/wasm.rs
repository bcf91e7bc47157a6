//! WebAssembly modules between the compiler and wasm-opt: made smaller in ways that neither knows.

mod format;
mod imports;
pub(crate) mod silent;
mod wrapper;

pub(crate) use imports::shorten;
pub(crate) use wrapper::{stand_in, wrap};
