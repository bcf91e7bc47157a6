//! What a job's news do to its view.

use core::time::Duration;

use kinora::{
    CancelNews, Ending, Error, Event, HostKind, Outcome, Record, ServiceState, Stage, Status,
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
            Outcome::Refused(error) => (Phase::Refused, REFUSED, Some(Problem::of(error))),
            Outcome::Uncertain(error) => {
                (Phase::Uncertain, LOST, Some(uncertain(error, self.host)))
            }
            Outcome::Expired => (Phase::Expired, GONE, Some(expired())),
            Outcome::LostTouch(error) => (Phase::LostTouch, UNTOLD, Some(lost_touch(error))),
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
        let problem = Problem {
            sentence: format!(
                "To ask how the job stands, this page needs the token for {} again: it was kept in \
                 memory only, or forgotten. The job may go on at the service.",
                self.place
            ),
            next_step: "Enter the token; then the job is watched again.".to_owned(),
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

fn lost_touch(error: &Error) -> Problem {
    Problem {
        sentence: format!("{error} The job may go on at the service."),
        next_step: format!("{} Then watch it again.", error.next_step()),
    }
}

fn answer_lost() -> Error {
    Error::Transport(kinora::TransportError {
        kind: kinora::TransportErrorKind::NoAnswer,
        words: "the answer to the submit was lost".to_owned(),
    })
}

const QUEUED: &str = "Waiting in the queue";
const READY: &str = "The video is ready.";
const STOPPED: &str = "Cancelled.";
const REFUSED: &str = "It was not accepted.";
const LOST: &str = "The answer was lost.";
const GONE: &str = "The service no longer knows it.";
const UNTOLD: &str = "Stopped watching.";
