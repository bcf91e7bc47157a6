//! Frames from a still image, and MP4 and WebM writers to put them in.
