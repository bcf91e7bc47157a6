//! Dates as HTTP writes them.

use crate::number::{digits, whole_of};
use crate::wire::header;
use crate::{HttpResponse, WallTime};

/// Writes a `Retry-After` that is a date as the seconds until then, counted from the server's own
/// `Date` if it has one. Whoever hands answers to a [`Job`](crate::Job) does this, as
/// [`drive`](crate::drive) does, or with the dates of the host: the job itself reads seconds only.
pub fn in_seconds(response: &mut HttpResponse, now: WallTime) {
    let date = |name| response.header(name).and_then(parse);
    let Some(then) = date(header::RETRY_AFTER) else {
        return;
    };
    let span = then.since(date(header::DATE).unwrap_or(now));
    let seconds = span.as_millis().div_ceil(1000);
    for (name, value) in &mut response.headers {
        if name == header::RETRY_AFTER {
            *value = digits(i64::try_from(seconds).unwrap_or(i64::MAX));
        }
    }
}

/// Reads a date in any of the three forms that a recipient must accept:
/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`.
/// <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7>
///
/// All have the day before the year, a month by name and a clock; the day of the week is skipped.
fn parse(text: &str) -> Option<WallTime> {
    let (mut month, mut clock, mut day, mut year) = (None, None, None, None);
    let is_colon = |sign: &u8| matches!(sign, b':');
    let mut is_first = true;
    for part in text
        .as_bytes()
        .split(|sign| matches!(sign, b' ' | b',' | b'-'))
    {
        if part.is_empty() {
            continue;
        }
        if let Some(known) = month_of(part) {
            month = Some(known);
        } else if part.iter().any(is_colon) {
            clock = Some(seconds_of(part)?);
        } else if let Some(number) = whole_of(part) {
            let which = if day.is_none() { &mut day } else { &mut year };
            *which = Some(number);
        } else if !is_first && part != b"GMT" {
            return None;
        }
        is_first = false;
    }
    let days = days_since_1970(four_digits(year?), month?, day?)?;
    Some(WallTime::from_unix_millis((days * 86_400 + clock?) * 1000))
}

fn month_of(name: &[u8]) -> Option<u64> {
    let place = MONTHS.chunks(3).position(|known| known == name)?;
    Some(place as u64 + 1)
}

const MONTHS: &[u8] = b"JanFebMarAprMayJunJulAugSepOctNovDec";

/// A year of two digits lies in 1970..2070, where all dates of today are.
const fn four_digits(year: u64) -> u64 {
    match year {
        0..70 => year + 2000,
        70..100 => year + 1900,
        _ => year,
    }
}

/// Hours, minutes and seconds, of which there may be sixty.
fn seconds_of(clock: &[u8]) -> Option<u64> {
    let mut parts = clock.split(|sign| *sign == b':');
    let mut seconds = 0;
    for most in [23, 59, 60] {
        let part = whole_of(parts.next()?)?;
        if part > most {
            return None;
        }
        seconds = seconds * 60 + part;
    }
    parts.next().is_none().then_some(seconds)
}

/// Days from 1970-01-01, counted in years that begin in March, so that the leap day comes last.
fn days_since_1970(year: u64, month: u64, day: u64) -> Option<u64> {
    if !(1970..10_000).contains(&year) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 306 + 5) / 10 + day - 1;
    days.checked_sub(DAYS_TO_1970)
}

/// Days from March 1st of the year 0 to 1970-01-01.
const DAYS_TO_1970: u64 = 719_468;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, seconds: Option<u64>) {
        let wanted = seconds.map(|seconds| WallTime::from_unix_millis(seconds * 1000));
        assert_eq!(parse(text), wanted, "{text}");
    }

    #[test]
    fn dates_are_read_in_each_form() {
        check("Thu, 01 Jan 1970 00:00:00 GMT", Some(0));
        check("Sun, 06 Nov 1994 08:49:37 GMT", Some(784_111_777));
        check("Sunday, 06-Nov-94 08:49:37 GMT", Some(784_111_777));
        check("Sun Nov  6 08:49:37 1994", Some(784_111_777));
        check("Tue, 29 Feb 2000 12:00:00 GMT", Some(951_825_600));
        check("Sun, 22 Nov 2026 00:00:00 GMT", Some(1_795_305_600));
        check("Sunday, 22-Nov-26 00:00:00 GMT", Some(1_795_305_600));
    }

    #[test]
    fn other_texts_are_not() {
        for text in [
            "",
            "soon",
            "Sun, 06 Nov 1994",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 06 Nov 1994 25:49:37 GMT",
            "Sun, 99 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 99999999999999 08:49:37 GMT",
            "06 1994 08:49:37",
        ] {
            check(text, None);
        }
    }
}
