//! The one loop that runs a job on a platform.

use core::future::Future;
use core::pin::pin;
use core::time::Duration;

use futures_util::future::{Either, pending, select};
use futures_util::stream::{Fuse, Stream, StreamExt};

use crate::{
    Event, Hint, HttpRequest, HttpResponse, Input, Job, Now, Outcome, Output, Record, StoreError,
    TransportError,
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
/// and acted on when the answer is there.
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
    let mut sent = pin!(platform.send(request));
    loop {
        match select(sent.as_mut(), pin!(next(commands))).await {
            Either::Left((Ok(response), _)) => return Input::Response(response),
            Either::Left((Err(error), _)) => return Input::Failed(error),
            Either::Right((command, _)) => job.handle(command.into(), platform.now()),
        }
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
