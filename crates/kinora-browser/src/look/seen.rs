//! What was found at addresses before.

use kinora::image::{ByteSize, Look, LookProblem};

use super::{Depth, Looked};

/// The latest findings, the newest last.
#[derive(Default)]
pub(super) struct Seen(Vec<Finding>);

struct Finding {
    url: String,
    depth: Depth,
    most: ByteSize,
    looked: Looked,
}

impl Seen {
    /// What was found at an address, when it was looked at as deep as this, and as far.
    pub(super) fn at(&self, url: &str, depth: Depth, most: ByteSize) -> Option<Looked> {
        let fits = |found: &&Finding| {
            let is_deep = found.depth == Depth::Whole || depth == Depth::Header;
            found.url == url && found.most == most && is_deep
        };
        let found = self.0.iter().rev().find(fits);
        found.map(|found| found.looked.clone())
    }

    /// Keeps a finding, unless it may be another the next time.
    pub(super) fn remember(&mut self, url: &str, depth: Depth, most: ByteSize, looked: &Looked) {
        match looked.look {
            Look::Failed(
                LookProblem::Unreachable
                | LookProblem::Offline
                | LookProblem::Status(_)
                | LookProblem::NotLooked,
            )
            | Look::Pending
            | Look::Partly(_) => return,
            Look::Found(_) | Look::Failed(_) => {}
        }
        self.0.retain(|found| found.url != url);
        if self.0.len() >= MOST {
            self.0.remove(0);
        }
        self.0.push(Finding {
            url: url.to_owned(),
            depth,
            most,
            looked: looked.clone(),
        });
    }
}

/// Pictures may have megabytes; a few dozen are enough to go back and forth.
const MOST: usize = 32;
