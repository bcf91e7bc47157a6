//! Times of a video, as people read them.

/// Minutes, seconds and tenths: `0:02.4`.
pub(super) fn clock(seconds: f64) -> String {
    // A video that is not loaded has no length yet; a cast of that is 0.
    let tenths = (seconds * 10.0) as u64;
    format!("{}:{:02}.{}", tenths / 600, tenths / 10 % 60, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_shows_minutes_seconds_and_tenths() {
        let check = |seconds, shown: &str| assert_eq!(clock(seconds), shown, "{seconds}");
        check(0.0, "0:00.0");
        check(2.45, "0:02.4");
        check(59.99, "0:59.9");
        check(61.0, "1:01.0");
        check(f64::NAN, "0:00.0");
    }
}
