use core::time::Duration;

use kinora::{
    BaseUrl, CancelNews, Ending, Error, Event, Failure, HostKind, IntentId, ModelId, Outcome,
    ServiceError, ServiceErrorKind, ServiceState, Status, StoreError, Ticket, TransportError,
    TransportErrorKind,
};

use super::*;

fn service(host: HostKind) -> Connection {
    Connection::new(
        BaseUrl::parse("https://relay.example.com/kinora").unwrap(),
        host,
    )
}

fn record(connection: Connection, stage: Stage) -> Record {
    Record {
        intent: IntentId::mint(1),
        model: ModelId::WAN_2_2.clone(),
        connection,
        input: Object::new()
            .with("prompt", "the fog lifts")
            .with("img_url", "https://example.com/lake.jpg")
            .with("resolution", "480P")
            .with("seed", 7),
        created_at: WallTime::from_unix_millis(0),
        stage,
    }
}

#[test]
fn a_job_whose_token_is_gone_says_so_and_waits() {
    let stage = Stage::Accepted(ticket());
    let record = record(service(HostKind::RunComfy), stage);
    let mut view = JobView::of(&record, String::new());
    view.lacks_token(String::new());
    assert!(view.phase == Phase::LostTouch && view.wants_token);
    let problem = view.problem.unwrap();
    assert!(problem.sentence.contains("relay.example.com"));
    assert!(problem.next_step.starts_with("Enter the token"));
}

#[test]
fn who_sends_by_a_relay_is_not_told_to_mend_a_token() {
    let error = Error::Service(ServiceError {
        kind: ServiceErrorKind::BadToken,
        status: 401,
        code: None,
        words: None,
    });
    let next_step = |host, outcome: Outcome| {
        let mut view = JobView::of(&record(service(host), Stage::Sending), String::new());
        view.end(&outcome, String::new());
        view.problem.unwrap().next_step
    };
    for outcome in [Outcome::Refused(error.clone()), Outcome::LostTouch(error)] {
        let told = next_step(HostKind::Kinora, outcome.clone());
        assert!(told.contains("If the relay wants a secret"), "{told}");
        let told = next_step(HostKind::RunComfy, outcome);
        assert!(told.contains("Check the token"), "{told}");
    }
}

fn view() -> JobView {
    let record = record(service(HostKind::Kinora), Stage::Sending);
    JobView::of(&record, "12:00:00".to_owned())
}

fn ticket() -> Ticket {
    Ticket {
        id: RequestId::parse("abc").unwrap(),
        model: ModelId::WAN_2_2.clone(),
        connection: service(HostKind::Kinora),
        submitted_at: WallTime::from_unix_millis(0),
    }
}

fn no_answer() -> Error {
    Error::Transport(TransportError {
        kind: TransportErrorKind::NoAnswer,
        words: "gone".to_owned(),
    })
}

fn status(state: ServiceState, queue_position: Option<u32>) -> Event {
    Event::Status(Status {
        state,
        queue_position,
    })
}

/// The view after these events, each told at noon.
fn told(events: &[Event]) -> JobView {
    let mut view = view();
    for event in events {
        view.tell(event, "12:00:00".to_owned());
    }
    view
}

fn sentences(view: &JobView) -> Vec<&str> {
    view.timeline
        .iter()
        .map(|entry| entry.sentence.as_str())
        .collect()
}

#[test]
fn a_whole_story_is_told_in_order() {
    let mut view = told(&[
        Event::Submitting,
        Event::Accepted(ticket()),
        status(ServiceState::InQueue, Some(3)),
        status(ServiceState::InQueue, Some(1)),
        status(ServiceState::InProgress, None),
        status(ServiceState::Completed, None),
    ]);
    assert_eq!(view.phase, Phase::Finishing);
    view.end(&Outcome::Succeeded(Vec::new()), String::new());
    assert_eq!(view.phase, Phase::Succeeded);
    assert_eq!(
        sentences(&view),
        [
            "Sending the job.",
            "Accepted as abc.",
            "Waiting in the queue, place 1.",
            "The video is being made.",
            "It is done. Asking for the result.",
            "The video is ready.",
        ]
    );
    assert_eq!(view.problem, None);
}

#[test]
fn each_outcome_has_its_phase_and_each_bad_one_a_next_step() {
    let failure = Failure {
        words: "out of memory".to_owned(),
        detail: None,
    };
    let outcomes = [
        (Outcome::Succeeded(Vec::new()), Phase::Succeeded, false),
        (Outcome::Failed(failure), Phase::Failed, true),
        (Outcome::Cancelled, Phase::Cancelled, false),
        (Outcome::Refused(no_answer()), Phase::Refused, true),
        (Outcome::Uncertain(no_answer()), Phase::Uncertain, true),
        (Outcome::Expired, Phase::Expired, true),
        (Outcome::LostTouch(no_answer()), Phase::LostTouch, true),
    ];
    for (outcome, phase, is_bad) in outcomes {
        let mut view = view();
        view.end(&outcome, String::new());
        assert_eq!(view.phase, phase);
        assert!(view.phase.is_over());
        assert_eq!(view.cancel, CancelOffer::Nothing);
        let next_step = view.problem.map(|problem| problem.next_step);
        assert_eq!(
            next_step.is_some_and(|step| step.ends_with('.')),
            is_bad,
            "{phase:?}"
        );
    }
}

#[test]
fn an_uncertain_job_says_what_this_host_allows() {
    let next_step = |host| {
        let record = record(service(host), Stage::Sending);
        let mut view = JobView::of(&record, String::new());
        view.end(&Outcome::Uncertain(no_answer()), String::new());
        view.problem.unwrap().next_step
    };
    assert!(next_step(HostKind::Kinora).starts_with("Check"));
    assert!(next_step(HostKind::RunComfy).contains("paste its request id"));
}

#[test]
fn a_refused_check_leaves_the_job_uncertain() {
    let mut view = view();
    view.still_uncertain(&no_answer(), String::new());
    assert_eq!(view.phase, Phase::Uncertain);
    let problem = view.problem.unwrap();
    assert!(
        problem
            .sentence
            .ends_with("still unknown whether the job exists.")
    );
    assert!(problem.next_step.starts_with("Check"));
}

#[test]
fn trouble_is_shown_until_there_is_other_news() {
    let trouble = Event::Trouble {
        error: no_answer(),
        again_in: Duration::from_secs(4),
    };
    let view = told(std::slice::from_ref(&trouble));
    let words = view.trouble.unwrap();
    assert!(words.ends_with("Trying again in 4 s."), "{words}");
    let view = told(&[trouble, status(ServiceState::InProgress, None)]);
    assert_eq!(view.trouble, None);
}

#[test]
fn news_of_a_cancel_decide_what_is_offered() {
    let offer = |news| told(&[Event::Cancel(news)]).cancel;
    assert_eq!(offer(CancelNews::Asked), CancelOffer::Asked);
    assert_eq!(offer(CancelNews::Confirmed), CancelOffer::Confirmed);
    assert_eq!(offer(CancelNews::TooLate), CancelOffer::TooLate);
    assert_eq!(
        offer(CancelNews::Unclear("hm".to_owned())),
        CancelOffer::Possible
    );
    assert_eq!(
        offer(CancelNews::Failed(no_answer())),
        CancelOffer::Possible
    );
}

#[test]
fn a_word_nobody_knows_is_shown_and_changes_nothing() {
    let view = told(&[
        status(ServiceState::InProgress, None),
        status(ServiceState::Unknown("warming".to_owned()), None),
    ]);
    assert_eq!(view.phase, Phase::Running);
    assert!(sentences(&view).contains(&"The service calls its state \"warming\"."));
}

#[test]
fn a_record_that_is_not_kept_is_told() {
    let error = StoreError {
        words: "full".to_owned(),
    };
    let view = told(&[Event::NotKept(error)]);
    assert!(sentences(&view)[1].ends_with("may look uncertain."));
}

#[test]
fn a_followed_record_tells_each_stage() {
    let ended = |ending| Stage::Ended {
        ticket: Some(ticket()),
        ending,
    };
    let stages = [
        (Stage::Sending, Phase::Submitting),
        (Stage::Uncertain, Phase::Uncertain),
        (Stage::Accepted(ticket()), Phase::Queued { position: None }),
        (ended(Ending::Succeeded(Vec::new())), Phase::Succeeded),
        (ended(Ending::Failed("no".to_owned())), Phase::Failed),
        (ended(Ending::Cancelled), Phase::Cancelled),
        (ended(Ending::Refused("no".to_owned())), Phase::Refused),
        (ended(Ending::Expired), Phase::Expired),
    ];
    for (stage, phase) in stages {
        let mut view = view();
        view.follow(&record(service(HostKind::Kinora), stage), String::new());
        assert_eq!(view.phase, phase);
    }
}

#[test]
fn a_job_says_where_it_runs_and_what_was_asked() {
    let view = view();
    assert_eq!(
        (view.place.as_str(), view.is_demo),
        ("relay.example.com", false)
    );
    assert_eq!(view.asked.seed, Some(7));
    assert_eq!(view.asked.title(), "the fog lifts");
    let demo = JobView::of(&record(Connection::demo(), Stage::Sending), String::new());
    assert_eq!((demo.place.as_str(), demo.is_demo), ("your browser", true));
}

#[test]
fn a_job_without_words_is_named_by_its_effect() {
    let title = |input: Object| Asked::of(&input).title().to_owned();
    assert_eq!(
        title(Object::new().with("prompt", " ").with("template", "squish")),
        "squish"
    );
    assert_eq!(title(Object::new().with("prompt", "")), "Untitled");
}
