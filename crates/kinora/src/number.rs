//! Arithmetic that pages can afford.

/// The number itself within the bounds, else the nearer bound.
///
/// `f64::clamp` says the same, but its panic prints the bounds, and that links all the formatting of
/// floats into the page: 17 KB that nothing else there needs.
pub(crate) fn within(number: f64, least: f64, most: f64) -> f64 {
    if number < least {
        least
    } else if number > most {
        most
    } else {
        number
    }
}

/// A whole number in decimal digits. `to_string` writes the same with all of `core::fmt` behind it,
/// which is more than the rest of a job's first load.
pub fn digits(number: i64) -> String {
    let mut text = String::new();
    if number < 0 {
        text.push_str(MINUS);
    }
    put(number.unsigned_abs(), &mut text);
    text
}

/// `push` of a character would link the encoding of all characters.
const MINUS: &str = "-";

fn put(number: u64, text: &mut String) {
    if number > 9 {
        put(number / 10, text);
    }
    let last = (number % 10) as usize;
    text.push_str("0123456789".get(last..=last).unwrap_or_default());
}

/// The whole number that decimal digits make; nothing when there are none, another sign, or too
/// many. The standard library's `parse` takes a plus too, and weighs more.
pub fn whole(digits: &str) -> Option<u64> {
    whole_of(digits.as_bytes())
}

pub(crate) fn whole_of(digits: &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        let digit = u64::from(digit - b'0');
        // A checked product would link the multiplication of 128 bits.
        if number > (u64::MAX - digit) / 10 {
            return None;
        }
        number = number * 10 + digit;
    }
    (!digits.is_empty()).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_and_read_as_the_standard_library_does() {
        for number in [0, 7, 10, 404, 400_002, i64::MAX] {
            assert_eq!(digits(number), number.to_string());
            assert_eq!(digits(-number), (-number).to_string());
            assert_eq!(whole(&digits(number)).map(i64::try_from), Some(Ok(number)));
        }
        assert_eq!(digits(i64::MIN), i64::MIN.to_string());
        assert_eq!(whole("00018446744073709551615"), Some(u64::MAX));
        for text in ["", "-1", "+1", " 1", "1.0", "18446744073709551616"] {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_is_brought_within_its_bounds() {
        for (number, wanted) in [(-1.0, 0.5), (0.5, 0.5), (0.7, 0.7), (2.0, 2.0), (2.1, 2.0)] {
            assert!((within(number, 0.5, 2.0) - wanted).abs() < f64::EPSILON);
        }
    }
}
