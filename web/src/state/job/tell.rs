//! What a job's news do to its view.

use core::time::Duration;

use kinora::{
    CancelNews, Ending, Error, Event, HostKind, Outcome, Record, ServiceErrorKind, ServiceState,
    Stage, Status,
};

use super::{CancelOffer, Entry, JobView, Phase, Problem};

impl JobView {
    /// Takes in an event.
    pub(crate) fn tell(&mut self, event: &Event, at: String) {
        if !matches!(event, Event::Trouble { .. }) {
            self.trouble = None;
        }
        match event {
            Event::Submitting => self.phase = Phase::Submitting,
            Event::Accepted(ticket) => {
                self.phase = Phase::Queued { position: None };
                self.request_id = Some(ticket.id.clone());
                let sentence = ["Accepted as ", ticket.id.as_str(), "."].concat();
                self.say(at, sentence);
            }
            Event::Status(status) => self.status(status, at),
            Event::Trouble { error, again_in } => self.trouble = Some(trouble(error, *again_in)),
            Event::Cancel(news) => self.cancel_news(news, at),
            Event::NotKept(error) => {
                let sentence = format!("{error} After a reload this job may look uncertain.");
                self.say(at, sentence);
            }
        }
    }

    /// Takes in the outcome of a run.
    pub(crate) fn end(&mut self, outcome: &Outcome, at: String) {
        let (phase, sentence, problem) = match outcome {
            Outcome::Succeeded(_) => (Phase::Succeeded, READY, None),
            Outcome::Failed(failure) => (Phase::Failed, "It failed.", Some(failed(&failure.words))),
            Outcome::Cancelled => (Phase::Cancelled, STOPPED, None),
            Outcome::Refused(error) => (Phase::Refused, REFUSED, Some(self.problem_of(error))),
            Outcome::Uncertain(error) => {
                (Phase::Uncertain, LOST, Some(uncertain(error, self.host)))
            }
            Outcome::Expired => (Phase::Expired, GONE, Some(expired())),
            Outcome::LostTouch(error) => (Phase::LostTouch, UNTOLD, Some(self.lost_touch(error))),
            // Never here: no deadline is set.
            Outcome::Overdue => (Phase::LostTouch, UNTOLD, None),
        };
        self.ended(phase, problem);
        self.say(at, sentence);
    }

    /// The service made files, but none that can be shown here.
    pub(crate) fn nothing_to_show(&mut self) {
        self.problem = Some(Problem {
            sentence: "The job is done, but its result names no video that this page may show."
                .to_owned(),
            next_step: "Look for the job in your account at the service.".to_owned(),
        });
    }

    /// Takes in what a record tells of a job that another tab looks after, or that ended before.
    pub(crate) fn follow(&mut self, record: &Record, at: String) {
        self.request_id = record.ticket().map(|ticket| ticket.id.clone());
        match &record.stage {
            Stage::Sending => self.phase = Phase::Submitting,
            Stage::Accepted(_) if self.phase == Phase::Submitting => {
                self.phase = Phase::Queued { position: None };
                self.say(at, "Accepted.");
            }
            Stage::Accepted(_) => {}
            Stage::Uncertain => {
                let error = Outcome::Uncertain(answer_lost());
                self.end(&error, at);
            }
            Stage::Ended { ending, .. } => self.ended_as(ending, at),
        }
    }

    /// The token that it was sent with is not here any more; it goes on meanwhile.
    pub(crate) fn lacks_token(&mut self, at: String) {
        let what = token_at(self.host);
        let problem = Problem {
            sentence: format!(
                "To ask how the job stands, this page needs the {what} for {} again: it was kept in \
                 memory only, or forgotten. The job may go on at the service.",
                self.place
            ),
            next_step: format!("Enter the {what}; then the job is watched again."),
        };
        self.ended(Phase::LostTouch, Some(problem));
        self.wants_token = true;
        self.say(at, UNTOLD);
    }

    /// The submit of the same wish was refused, which says nothing of the first one.
    pub(crate) fn still_uncertain(&mut self, error: &Error, at: String) {
        let Problem { sentence, .. } = Problem::of(error);
        let next_step = uncertain(error, self.host).next_step;
        let problem = Problem {
            sentence: format!("{sentence} So it is still unknown whether the job exists."),
            next_step,
        };
        self.ended(Phase::Uncertain, Some(problem));
        self.say(at, "It could not be checked.");
    }

    fn ended_as(&mut self, ending: &Ending, at: String) {
        let (phase, sentence, problem) = match ending {
            Ending::Succeeded(_) => (Phase::Succeeded, READY, None),
            Ending::Failed(words) => (Phase::Failed, "It failed.", Some(failed(words))),
            Ending::Cancelled => (Phase::Cancelled, STOPPED, None),
            Ending::Refused(words) => {
                let problem = Problem {
                    sentence: words.clone(),
                    next_step: "Generate again once that is put right.".to_owned(),
                };
                (Phase::Refused, REFUSED, Some(problem))
            }
            Ending::Expired => (Phase::Expired, GONE, Some(expired())),
        };
        self.ended(phase, problem);
        self.say(at, sentence);
    }

    /// Who sends by a relay has no token of the service's to put right.
    fn problem_of(&self, error: &Error) -> Problem {
        let mut problem = Problem::of(error);
        if self.host == HostKind::Kinora && is_of_token(error) {
            problem.next_step = OF_RELAY.to_owned();
        }
        problem
    }

    fn lost_touch(&self, error: &Error) -> Problem {
        let problem = self.problem_of(error);
        Problem {
            sentence: [&problem.sentence, " The job may go on at the service."].concat(),
            next_step: [&problem.next_step, " Then watch it again."].concat(),
        }
    }

    fn status(&mut self, status: &Status, at: String) {
        match &status.state {
            ServiceState::InQueue => {
                let position = status.queue_position;
                self.phase = Phase::Queued { position };
                self.queued(position, at);
            }
            ServiceState::InProgress => {
                self.phase = Phase::Running;
                self.say(at, "The video is being made.");
            }
            ServiceState::Completed | ServiceState::Succeeded | ServiceState::Failed => {
                self.phase = Phase::Finishing;
                self.say(at, "It is done. Asking for the result.");
            }
            ServiceState::Cancelled => {}
            ServiceState::Unknown(word) => {
                let sentence = ["The service calls its state \"", word, "\"."].concat();
                self.say(at, sentence);
            }
        }
    }

    /// A moving queue stays one line.
    fn queued(&mut self, position: Option<u32>, at: String) {
        let sentence = match position {
            Some(position) => format!("{QUEUED}, place {position}."),
            None => format!("{QUEUED}."),
        };
        let last = self.timeline.last_mut();
        match last.filter(|last| last.sentence.starts_with(QUEUED)) {
            Some(last) => last.sentence = sentence,
            None => self.say(at, sentence),
        }
    }

    fn cancel_news(&mut self, news: &CancelNews, at: String) {
        let (offer, sentence) = match news {
            CancelNews::Asked => (
                CancelOffer::Asked,
                "Asking the service to cancel.".to_owned(),
            ),
            CancelNews::Confirmed => (CancelOffer::Confirmed, "The service cancels it.".to_owned()),
            CancelNews::TooLate => (
                CancelOffer::TooLate,
                "Too late to cancel: it runs on to its end.".to_owned(),
            ),
            CancelNews::Unclear(word) => (
                CancelOffer::Possible,
                ["The service answered the cancel with \"", word, "\"."].concat(),
            ),
            CancelNews::Failed(error) => (
                CancelOffer::Possible,
                format!("It could not be cancelled. {error} {}", error.next_step()),
            ),
        };
        self.cancel = offer;
        self.say(at, sentence);
    }

    fn ended(&mut self, phase: Phase, problem: Option<Problem>) {
        self.phase = phase;
        self.problem = problem;
        self.trouble = None;
        self.cancel = CancelOffer::Nothing;
    }

    fn say(&mut self, at: String, sentence: impl Into<String>) {
        self.timeline.push(Entry::new(at, sentence));
    }
}

impl Problem {
    fn of(error: &Error) -> Self {
        Self {
            sentence: error.to_string(),
            next_step: error.next_step().to_owned(),
        }
    }
}

/// Whether the caller is not known there.
pub(crate) fn is_of_token(error: &Error) -> bool {
    matches!(error, Error::Service(error) if error.kind == ServiceErrorKind::BadToken)
}

/// What a place calls that by which it knows its callers.
const fn token_at(host: HostKind) -> &'static str {
    match host {
        HostKind::Kinora => "secret",
        HostKind::RunComfy => "token",
    }
}

fn trouble(error: &Error, again_in: Duration) -> String {
    let seconds = again_in.as_secs().max(1);
    format!("{error} Trying again in {seconds} s.")
}

fn failed(words: &str) -> Problem {
    Problem {
        sentence: ["The video could not be made. ", words].concat(),
        next_step: "Change the image or the prompt, or generate it again.".to_owned(),
    }
}

fn uncertain(error: &Error, host: HostKind) -> Problem {
    let next_step = match host {
        HostKind::Kinora => {
            "Check, within a day: the same wish is sent again, and the service makes one job of it \
             at most. Later, look for the job there and paste its request id."
        }
        HostKind::RunComfy => {
            "Look for the job in your RunComfy account. If it is there, paste its request id here. \
             If it is not, send it again."
        }
    };
    Problem {
        sentence: format!("{error} So the job may exist at the service, or not."),
        next_step: format!("{} {next_step}", error.next_step()),
    }
}

fn expired() -> Problem {
    Problem {
        sentence: "The service no longer knows this job.".to_owned(),
        next_step: "Generate it again.".to_owned(),
    }
}

fn answer_lost() -> Error {
    Error::Transport(kinora::TransportError {
        kind: kinora::TransportErrorKind::NoAnswer,
        words: "the answer to the submit was lost".to_owned(),
    })
}

const OF_RELAY: &str = "If the relay wants a secret, enter it: the button at the top that names the \
                        relay leads there. Otherwise its owner has to renew its token.";
const QUEUED: &str = "Waiting in the queue";
const READY: &str = "The video is ready.";
const STOPPED: &str = "Cancelled.";
const REFUSED: &str = "It was not accepted.";
const LOST: &str = "The answer was lost.";
const GONE: &str = "The service no longer knows it.";
const UNTOLD: &str = "Stopped watching.";
