//! The one date format that HTTP senders must use.

use crate::WallTime;

/// Writes an IMF-fixdate, `Sun, 06 Nov 1994 08:49:37 GMT`; fractions of a second are dropped.
/// <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7>
pub(super) fn format(at: WallTime) -> String {
    let seconds = at.unix_millis() / 1000;
    let (days, clock) = (seconds / 86_400, seconds % 86_400);
    let (hour, minute, second) = (clock / 3600, clock / 60 % 60, clock % 60);
    let weekday = WEEKDAYS[days as usize % WEEKDAYS.len()];
    let (year, month, day) = calendar(days);
    format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
}

/// Year, month and day of a number of days since 1970-01-01. Counted in years that begin in March,
/// so that the leap day comes last; 400 of them are always as long.
fn calendar(days: u64) -> (u64, &'static str, u64) {
    let days = days + DAYS_TO_1970;
    let (era, days) = (days / DAYS_OF_400_YEARS, days % DAYS_OF_400_YEARS);
    let leap_days = days / 1460 - days / 36_524 + days / 146_096;
    let year = (days - leap_days) / 365;
    let days = days - (365 * year + year / 4 - year / 100);
    let month = (5 * days + 2) / 153;
    let day = days - (153 * month + 2) / 5 + 1;
    let next_year = u64::from(month >= 10);
    (
        era * 400 + year + next_year,
        MONTHS[month as usize % MONTHS.len()],
        day,
    )
}

/// From the first day of 1970 on.
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

/// From March on.
const MONTHS: [&str; 12] = [
    "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb",
];

/// Days from March 1st of the year 0 to 1970-01-01.
const DAYS_TO_1970: u64 = 719_468;
const DAYS_OF_400_YEARS: u64 = 146_097;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(seconds: u64, wanted: &str) {
        let at = WallTime::from_unix_millis(seconds * 1000 + 999);
        assert_eq!(format(at), wanted, "{seconds}");
    }

    #[test]
    fn dates_are_written_as_http_wants_them() {
        check(0, "Thu, 01 Jan 1970 00:00:00 GMT");
        check(784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT");
        check(951_825_600, "Tue, 29 Feb 2000 12:00:00 GMT");
        check(1_795_305_600, "Sun, 22 Nov 2026 00:00:00 GMT");
        check(4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT");
        check(4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT");
    }
}
