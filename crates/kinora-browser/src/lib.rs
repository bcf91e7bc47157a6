//! Kinora at the browser's edge: fetch, timers, images, records.
