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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_brought_within_its_bounds() {
        for (number, wanted) in [(-1.0, 0.5), (0.5, 0.5), (0.7, 0.7), (2.0, 2.0), (2.1, 2.0)] {
            assert!((within(number, 0.5, 2.0) - wanted).abs() < f64::EPSILON);
        }
    }
}
