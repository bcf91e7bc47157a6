//! Time as an argument: one clock for waits, another for what people and records read.

use core::time::Duration;

/// The two readings that a platform hands in with every input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// For waits: never steps back, has no meaning outside this run.
    pub monotonic: Monotonic,
    /// For records and HTTP dates: may step either way.
    pub wall: WallTime,
}

/// A reading of a clock that only goes forward: nanoseconds since an origin the platform chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Monotonic(u64);

impl Monotonic {
    /// A reading this long after the platform's origin.
    pub const fn after_origin(span: Duration) -> Self {
        Self(nanos(span))
    }

    /// How long it is since `earlier`; no time when the clock stepped back.
    pub const fn since(self, earlier: Self) -> Duration {
        Duration::from_nanos(self.nanos_since(earlier))
    }

    /// The same in nanoseconds, for arithmetic: that of [`Duration`] weighs many times more.
    pub(crate) const fn nanos_since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The reading `span` from this one.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(nanos(span)))
    }
}

/// A point in civil time: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WallTime(u64);

impl WallTime {
    /// The point this many milliseconds after 1970-01-01T00:00:00Z.
    pub const fn from_unix_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub const fn unix_millis(self) -> u64 {
        self.0
    }

    /// How long it is since `earlier`; no time when the clock stepped back.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// The point `span` from this one.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(millis(span)))
    }
}

/// A span in nanoseconds, up to some 580 years.
pub(crate) const fn nanos(span: Duration) -> u64 {
    parts(span, 1_000_000_000)
}

/// A span in milliseconds, cut down to whole ones.
pub(crate) const fn millis(span: Duration) -> u64 {
    parts(span, 1000)
}

/// A span in parts of a second. A saturating product would link the multiplication of 128 bits.
const fn parts(span: Duration, of_a_second: u32) -> u64 {
    let part = span.subsec_nanos() / (1_000_000_000 / of_a_second);
    let of_a_second = of_a_second as u64;
    if span.as_secs() >= u64::MAX / of_a_second {
        return u64::MAX;
    }
    span.as_secs() * of_a_second + part as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_without_end_stay_the_longest() {
        let clock = Monotonic::after_origin(Duration::MAX);
        assert_eq!(clock.plus(Duration::from_secs(1)), clock);
        let years = Duration::from_secs(500 * 365 * 86_400);
        assert_eq!(
            clock.since(Monotonic::after_origin(Duration::ZERO)),
            Duration::from_nanos(u64::MAX)
        );
        assert_eq!(Monotonic::after_origin(years).since(Monotonic(0)), years);
        let late = WallTime::from_unix_millis(0).plus(Duration::MAX);
        assert_eq!(late.unix_millis(), u64::MAX);
    }

    #[test]
    fn spans_are_kept_to_the_nanosecond() {
        let span = Duration::new(3, 141_592_653);
        let (early, late) = (Monotonic(7), Monotonic(7).plus(span));
        assert_eq!(
            (late.since(early), early.since(late)),
            (span, Duration::ZERO)
        );
        assert_eq!((nanos(span), millis(span)), (3_141_592_653, 3141));
    }
}
