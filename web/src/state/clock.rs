//! Times as people read them.

use core::time::Duration;

use js_sys::Date;
use kinora::WallTime;
use wasm_bindgen::JsValue;

/// Local time of day now: `14:05:09`.
pub(super) fn time_of_day() -> String {
    let date = Date::new_0();
    [
        two(date.get_hours()),
        ":".to_owned(),
        two(date.get_minutes()),
        ":".to_owned(),
        two(date.get_seconds()),
    ]
    .concat()
}

/// Local day and time: `2026-11-23 14:05`.
pub(super) fn day_and_time(time: WallTime) -> String {
    let date = Date::new(&JsValue::from_f64(time.unix_millis() as f64));
    [
        date.get_full_year().to_string(),
        "-".to_owned(),
        two(date.get_month() + 1),
        "-".to_owned(),
        two(date.get_date()),
        " ".to_owned(),
        two(date.get_hours()),
        ":".to_owned(),
        two(date.get_minutes()),
    ]
    .concat()
}

/// A span as a stop watch shows it: `0:42`, `1:02:03`.
pub(super) fn stop_watch(span: Duration) -> String {
    let seconds = span.as_secs();
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    let rest = two((seconds % 60) as u32);
    if hours == 0 {
        [minutes.to_string(), ":".to_owned(), rest].concat()
    } else {
        let minutes = two(minutes as u32);
        [
            hours.to_string(),
            ":".to_owned(),
            minutes,
            ":".to_owned(),
            rest,
        ]
        .concat()
    }
}

fn two(number: u32) -> String {
    let text = number.to_string();
    if number < 10 {
        ["0", &text].concat()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_watch_shows_hours_only_when_there_are_some() {
        let check = |seconds, wanted| {
            assert_eq!(stop_watch(Duration::from_secs(seconds)), wanted);
        };
        check(0, "0:00");
        check(42, "0:42");
        check(60, "1:00");
        check(3599, "59:59");
        check(3723, "1:02:03");
    }
}
