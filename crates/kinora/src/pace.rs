//! When to ask a job's status next: seldom enough to be polite, soon enough not to be late.

use core::time::Duration;

/// A policy for asking, as numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The shortest wait between two questions.
    pub shortest: Duration,
    /// The longest wait while someone is looking.
    pub longest: Duration,
    /// The longest wait while nobody is looking.
    pub hidden: Duration,
    /// How long a job usually takes from submit to end, when that is known.
    pub usual: Option<Duration>,
}

/// What is known when the next question is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Time since the job was accepted.
    pub elapsed: Duration,
    /// Place in the queue, if it is in one and the service says where.
    pub queue_position: Option<u32>,
    /// Whether nobody is looking.
    pub hidden: bool,
}

impl Pace {
    /// For a service elsewhere: every question is a request to somebody's machine.
    pub const REMOTE: Self = Self {
        shortest: Duration::from_secs(1),
        longest: Duration::from_secs(5),
        hidden: Duration::from_secs(20),
        usual: None,
    };

    /// For the demo inside the page: a question costs nothing.
    pub const IN_PAGE: Self = Self {
        shortest: Duration::from_millis(60),
        longest: Duration::from_millis(250),
        hidden: Duration::from_secs(1),
        usual: None,
    };

    /// The wait before the next question.
    ///
    /// Near the usual end the shortest; far from it a tenth of the distance. With no usual time
    /// the wait grows with the time already waited. Behind others in the queue nothing can be
    /// ready, so half again as long is waited for each of them.
    pub fn next(&self, waiting: &Waiting) -> Duration {
        let distance = match self.usual {
            Some(usual) => waiting.elapsed.abs_diff(usual),
            None => waiting.elapsed,
        };
        let ahead = waiting.queue_position.unwrap_or(0).min(10);
        let wait = distance / 10 + self.shortest.saturating_mul(ahead) / 2;
        let longest = if waiting.hidden {
            self.hidden
        } else {
            self.longest
        };
        let shortest = if waiting.hidden {
            self.hidden.min(self.longest)
        } else {
            self.shortest
        };
        wait.clamp(shortest, longest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(pace: &Pace, elapsed: u64, queue_position: Option<u32>, hidden: bool) -> Duration {
        pace.next(&Waiting {
            elapsed: Duration::from_secs(elapsed),
            queue_position,
            hidden,
        })
    }

    #[test]
    fn the_wait_grows_and_stays_within_its_bounds() {
        let waits: Vec<_> = [0, 20, 40, 3600]
            .map(|elapsed| next(&Pace::REMOTE, elapsed, None, false))
            .into();
        assert_eq!(waits, [1, 2, 4, 5].map(Duration::from_secs));
    }

    #[test]
    fn near_the_usual_end_the_wait_is_shortest() {
        let pace = Pace {
            usual: Some(Duration::from_secs(60)),
            ..Pace::REMOTE
        };
        let waits: Vec<_> = [0, 30, 58, 60, 65, 200]
            .map(|elapsed| next(&pace, elapsed, None, false))
            .into();
        assert_eq!(waits, [5, 3, 1, 1, 1, 5].map(Duration::from_secs));
    }

    #[test]
    fn a_place_far_back_in_the_queue_waits_longer() {
        let near = next(&Pace::REMOTE, 0, Some(1), false);
        let far = next(&Pace::REMOTE, 0, Some(6), false);
        assert!(near < far, "{near:?} {far:?}");
    }

    #[test]
    fn a_hidden_page_asks_seldom() {
        assert!(next(&Pace::REMOTE, 0, None, true) >= Duration::from_secs(5));
        assert_eq!(
            next(&Pace::REMOTE, 3600, None, true),
            Duration::from_secs(20)
        );
    }
}
