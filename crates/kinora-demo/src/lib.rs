//! The in-page demo: the emulator, with results rendered from the visitor's own still.
