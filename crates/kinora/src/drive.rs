//! The one loop that runs a job on a platform.

use core::future::Future;
use core::pin::pin;
use core::time::Duration;

use futures_util::future::{Either, pending, select};
use futures_util::stream::{Fuse, Stream, StreamExt};

use crate::{
    Event, Hint, HttpRequest, HttpResponse, Input, IntentId, Job, Method, Now, Outcome, Output,
    Record, StoreError, TransportError, TransportErrorKind, Turn, retry,
};

/// What a job needs of the world. A future that is dropped stops what it does: the request is
/// aborted, the timer cleared.
pub trait Platform {
    /// Both clocks.
    fn now(&self) -> Now;

    /// Sends a request with the token of its base, if it is marked so. No redirect is followed,
    /// no cookie sent, no cache asked.
    fn send(
        &self,
        request: HttpRequest,
    ) -> impl Future<Output = Result<HttpResponse, TransportError>>;

    /// Whether a job may send a request now, or has to wait for its turn: what the page's or
    /// process's shared [`Budget`](crate::Budget) says. Without one it may.
    fn turn(&self, _job: &IntentId, _method: Method) -> Turn {
        Turn::Ready
    }

    /// The service wants to be left alone for this long, by all jobs: to be told to the shared
    /// [`Budget`](crate::Budget).
    fn hold(&self, _span: Duration) {}

    /// Waits on a monotonic timer.
    fn sleep(&self, span: Duration) -> impl Future<Output = ()>;

    /// Keeps a record under its intent, in place of an older one.
    fn store(&self, record: Record) -> impl Future<Output = Result<(), StoreError>>;
}

/// What a person or a page tells a running job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Ask the service to stop it.
    Cancel,
    /// Something changed around the page.
    Hint(Hint),
}

impl From<Command> for Input {
    fn from(command: Command) -> Self {
        match command {
            Command::Cancel => Self::Cancel,
            Command::Hint(hint) => Self::Hint(hint),
        }
    }
}

/// Runs a job to its outcome. A command interrupts a pause at once; during a call it is taken in
/// and acted on when the answer is there. A call that waits for its turn is called off by a wish
/// to cancel.
///
/// Dropping the future only stops watching: the service goes on, and the stored record resumes.
pub async fn drive<P: Platform>(
    job: &mut Job,
    platform: &P,
    commands: impl Stream<Item = Command> + Unpin,
    mut on_event: impl FnMut(Event),
) -> Outcome {
    let mut commands = commands.fuse();
    loop {
        match job.poll(platform.now()) {
            Some(Output::Event(event)) => on_event(event),
            Some(Output::Done(outcome)) => return outcome,
            Some(Output::Store(record)) => {
                let stored = platform.store(record).await;
                let input = stored.map_or_else(Input::StoreFailed, |()| Input::Stored);
                job.handle(input, platform.now());
            }
            Some(Output::Send(request)) => {
                let input = answer(job, platform, &mut commands, request).await;
                job.handle(input, platform.now());
            }
            Some(Output::Sleep(span)) => {
                let input =
                    match select(pin!(platform.sleep(span)), pin!(next(&mut commands))).await {
                        Either::Left(((), _)) => Input::Woke,
                        Either::Right((command, _)) => command.into(),
                    };
                job.handle(input, platform.now());
            }
            None => {
                let command = next(&mut commands).await;
                job.handle(command.into(), platform.now());
            }
        }
    }
}

async fn answer<P: Platform>(
    job: &mut Job,
    platform: &P,
    commands: &mut Fuse<impl Stream<Item = Command> + Unpin>,
    request: HttpRequest,
) -> Input {
    while let Turn::Wait(span) = platform.turn(&job.record().intent, request.method) {
        if let Either::Right((command, _)) =
            select(pin!(platform.sleep(span)), pin!(next(commands))).await
        {
            job.handle(command.into(), platform.now());
            if job.is_to_be_cancelled() {
                return Input::Failed(called_off());
            }
        }
    }
    let mut sent = pin!(platform.send(request));
    loop {
        match select(sent.as_mut(), pin!(next(commands))).await {
            Either::Left((Ok(mut response), _)) => {
                retry::in_seconds(&mut response, platform.now().wall);
                if let Some(span) = retry::hold(&response) {
                    platform.hold(span);
                }
                return Input::Response(response);
            }
            Either::Left((Err(error), _)) => return Input::Failed(error),
            Either::Right((command, _)) => job.handle(command.into(), platform.now()),
        }
    }
}

fn called_off() -> TransportError {
    TransportError {
        kind: TransportErrorKind::NotSent,
        words: "called off before its turn".to_owned(),
    }
}

/// The next command; never, once there can be none.
async fn next(commands: &mut Fuse<impl Stream<Item = Command> + Unpin>) -> Command {
    match commands.next().await {
        Some(command) => command,
        None => pending().await,
    }
}

#[cfg(test)]
mod tests;
