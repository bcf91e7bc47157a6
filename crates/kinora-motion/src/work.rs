//! Work in pieces, for hosts that must not be busy for long. Here is neither a clock nor an executor:
//! pieces are bounded by what they go through, and the host decides when the next one is done.

use std::fmt;
use std::future::{Future, poll_fn};
use std::mem;
use std::ops::{ControlFlow, Range};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Work that is done piece by piece. Dropping it gives it up.
///
/// ```
/// use std::ops::ControlFlow;
///
/// fn do_all<T>(mut work: kinora_motion::Work<'_, T>) -> T {
///     loop {
///         match work.step() {
///             ControlFlow::Break(done) => return done,
///             ControlFlow::Continue(left) => work = left,
///         }
///         // Whatever else has to be done meanwhile.
///     }
/// }
/// ```
pub struct Work<'a, T>(Pin<Box<dyn Future<Output = T> + 'a>>);

impl<'a, T> Work<'a, T> {
    /// Work that waits for nothing but [`end_piece`].
    pub(crate) fn new(work: impl Future<Output = T> + 'a) -> Self {
        Self(Box::pin(work))
    }

    /// Does the next piece, which goes through no more than a small part of a picture: breaks with
    /// what comes of the work, or goes on with what is left of it.
    pub fn step(mut self) -> ControlFlow<T, Self> {
        match self
            .0
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(done) => ControlFlow::Break(done),
            Poll::Pending => ControlFlow::Continue(self),
        }
    }

    /// Does all that is left, at once.
    pub fn finish(self) -> T {
        let mut work = self;
        loop {
            match work.step() {
                ControlFlow::Break(done) => return done,
                ControlFlow::Continue(left) => work = left,
            }
        }
    }
}

impl<T> fmt::Debug for Work<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Work")
    }
}

/// Ends a piece of [`Work`]: what follows is done in the next step.
pub(crate) async fn end_piece() {
    let mut ended = false;
    poll_fn(|_| {
        if mem::replace(&mut ended, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}

/// The rows from 0 to `height`, in bands that a piece can go through: no band has more than
/// [`PIECE`] samples, except that it has a row at least.
pub(crate) fn bands(height: usize, width: usize) -> impl Iterator<Item = Range<usize>> {
    let most = (PIECE / width.max(1)).max(1);
    (0..height)
        .step_by(most)
        .map(move |top| top..(top + most).min(height))
}

/// All of the work, where a test does not care for pieces.
#[cfg(test)]
pub(crate) fn at_once<T>(work: impl Future<Output = T>) -> T {
    Work::new(work).finish()
}

/// Samples that one piece goes through: less than a millisecond's work for most machines.
pub(crate) const PIECE: usize = 1 << 15;

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn every_step_does_the_work_up_to_the_next_end_of_a_piece() {
        let done = Cell::new(0);
        let mut work = Work::new(async {
            for _ in 0..3 {
                done.set(done.get() + 1);
                end_piece().await;
            }
            "all"
        });
        for piece in 1..=3 {
            work = work.step().continue_value().expect("there is more");
            assert_eq!(done.get(), piece);
        }
        assert_eq!(work.step().break_value(), Some("all"));
    }

    #[test]
    fn finished_at_once_nothing_is_left_out() {
        let work = async {
            end_piece().await;
            end_piece().await;
            7
        };
        assert_eq!(at_once(work), 7);
    }

    #[test]
    fn bands_cover_every_row_once_and_none_is_too_large() {
        for (height, width) in [(0, 5), (1, 1), (474, 842), (1080, 1920), (3, PIECE * 2)] {
            let mut next = 0;
            for rows in bands(height, width) {
                assert_eq!(rows.start, next);
                assert!(rows.len() == 1 || rows.len() * width <= PIECE, "{rows:?}");
                next = rows.end;
            }
            assert_eq!(next, height);
        }
    }
}
