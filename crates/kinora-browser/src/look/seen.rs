//! What was found at addresses before.

use kinora::image::{Look, LookProblem};

use super::{Depth, Looked};

/// The latest findings, the newest last.
#[derive(Default)]
pub(super) struct Seen(Vec<(String, Depth, Looked)>);

impl Seen {
    /// What was found at an address, when it was looked at as deep as this.
    pub(super) fn at(&self, url: &str, depth: Depth) -> Option<Looked> {
        let fits = |known: Depth| known == Depth::Whole || depth == Depth::Header;
        let found = self.0.iter().rev();
        let mut found = found.filter(|(address, known, _)| address == url && fits(*known));
        found.next().map(|(_, _, looked)| looked.clone())
    }

    /// Keeps a finding, unless it may be another the next time.
    pub(super) fn remember(&mut self, url: &str, depth: Depth, looked: &Looked) {
        match looked.look {
            Look::Failed(
                LookProblem::Unreachable | LookProblem::Offline | LookProblem::Status(_),
            )
            | Look::Pending
            | Look::Partly(_) => return,
            Look::Found(_) | Look::Failed(_) => {}
        }
        self.0.retain(|(address, _, _)| address != url);
        if self.0.len() >= MOST {
            self.0.remove(0);
        }
        self.0.push((url.to_owned(), depth, looked.clone()));
    }
}

/// Pictures may have megabytes; a few dozen are enough to go back and forth.
const MOST: usize = 32;
