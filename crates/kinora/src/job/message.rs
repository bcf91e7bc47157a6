//! What goes into the machine and what comes out.

use core::time::Duration;

use crate::{
    Error, Failure, HttpRequest, HttpResponse, Media, Record, Status, StoreError, Ticket,
    TransportError,
};

/// What the world tells the job.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// The record is kept.
    Stored,
    /// The record could not be kept.
    StoreFailed(StoreError),
    /// The call was answered.
    Response(HttpResponse),
    /// The call was not answered.
    Failed(TransportError),
    /// The pause is over.
    Woke,
    /// The person wants the job to be stopped.
    Cancel,
    /// Something changed around the page.
    Hint(Hint),
}

/// Changes around the page that bear on when to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Someone looks again: ask now.
    Visible,
    /// Nobody looks: ask seldom.
    Hidden,
    /// The network is back: ask now.
    Online,
    /// The network is gone.
    Offline,
}

/// What the job wants from the world. The first three want an input in return.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Keep this record; then [`Input::Stored`] or [`Input::StoreFailed`].
    Store(Record),
    /// Send this; then [`Input::Response`] or [`Input::Failed`].
    Send(HttpRequest),
    /// Wait this long; then [`Input::Woke`]. Any other input ends the wait.
    Sleep(Duration),
    /// News for the person.
    Event(Event),
    /// It is over.
    Done(Outcome),
}

/// News of a job.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The submit is on its way.
    Submitting,
    /// The service accepted the job.
    Accepted(Ticket),
    /// The service said where the job stands, and it is news.
    Status(Status),
    /// A call failed and will be tried again.
    Trouble {
        /// What happened.
        error: Error,
        /// Time until the next try.
        again_in: Duration,
    },
    /// News of a cancel.
    Cancel(CancelNews),
    /// A later record could not be kept: after a reload the job may look uncertain.
    NotKept(StoreError),
}

/// What became of the wish to cancel.
#[derive(Clone, Debug, PartialEq)]
pub enum CancelNews {
    /// The service is being asked.
    Asked,
    /// The service stopped the job.
    Confirmed,
    /// The job runs already; it goes on to its end.
    TooLate,
    /// The service answered with a word we do not know.
    Unclear(String),
    /// The service could not be asked.
    Failed(Error),
}

/// How it ended, for this run of the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The service made these files.
    Succeeded(Vec<Media>),
    /// The service tried and failed.
    Failed(Failure),
    /// It was stopped.
    Cancelled,
    /// The service refused the submit, or the wish could not be kept; no job exists.
    Refused(Error),
    /// The submit's answer was lost: a job may exist. A person decides what to do.
    Uncertain(Error),
    /// The service no longer knows the job.
    Expired,
    /// The service could not be asked for too long, or not with this token. The job may go on
    /// there, and watching it can be taken up again.
    LostTouch(Error),
}
