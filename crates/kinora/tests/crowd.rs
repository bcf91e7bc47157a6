//! Hundreds of jobs with one budget, each driven for real, in virtual time: the service is never
//! stormed and no job starves.

#![allow(clippy::expect_used, reason = "a test that cannot look must fail")]

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures_util::stream;
use kinora::{
    Budget, Command, Connection, Facts, Hint, HttpRequest, HttpResponse, IntentId, Job, Method,
    ModelSpec, Monotonic, Now, Object, Outcome, Pace, Platform, Reach, Record, Request, StoreError,
    TransportError, TransportErrorKind, Turn, WallTime, Wan22, drive,
};

const JOBS: u128 = 500;
const PER_SECOND: usize = 10;
/// When every job ends, in seconds; then the service is away; then it is back.
const ENDS: Duration = Duration::from_secs(900);
const AWAY: std::ops::Range<u64> = 300..600;

/// Who asked, how and when.
#[derive(Default)]
struct Service {
    budget: Option<Budget>,
    asked: Vec<(u128, Method, Duration)>,
}

/// One job's world: its own timer, everybody's clock, service and budget.
struct World {
    number: u128,
    time: Rc<Cell<Duration>>,
    wakes: Rc<Cell<Duration>>,
    service: Rc<RefCell<Service>>,
}

impl Platform for World {
    fn now(&self) -> Now {
        Now {
            monotonic: Monotonic::after_origin(self.time.get()),
            wall: WallTime::from_unix_millis(0).plus(self.time.get()),
        }
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let now = self.time.get();
        let asked = (self.number, request.method, now);
        self.service.borrow_mut().asked.push(asked);
        if AWAY.contains(&now.as_secs()) {
            return Err(TransportError {
                kind: TransportErrorKind::NoAnswer,
                words: "unreachable".to_owned(),
            });
        }
        let is_over = now >= ENDS;
        let last = request.url.rsplit('/').next().unwrap_or_default();
        Ok(HttpResponse::json(
            200,
            match last {
                "status" if is_over => Object::new().with("status", "completed"),
                "status" => Object::new().with("status", "in_progress"),
                "result" => Object::new()
                    .with("status", "succeeded")
                    .with("output", "https://x/a.mp4"),
                _ => Object::new().with("request_id", format!("r{}", self.number)),
            },
        ))
    }

    async fn sleep(&self, span: Duration) {
        let until = self.time.get() + span;
        poll_fn(|_| match self.time.get() >= until {
            true => Poll::Ready(()),
            false => {
                self.wakes.set(until);
                Poll::Pending
            }
        })
        .await;
    }

    fn turn(&self, job: &IntentId, method: Method) -> Turn {
        let mut service = self.service.borrow_mut();
        let now = self.now().monotonic;
        match &mut service.budget {
            Some(budget) => budget.take(job, method, now),
            None => Turn::Ready,
        }
    }

    async fn store(&self, _: Record) -> Result<(), StoreError> {
        Ok(())
    }
}

struct Driven {
    future: Pin<Box<dyn Future<Output = Outcome>>>,
    wakes: Rc<Cell<Duration>>,
}

fn request() -> Request {
    let draft = Wan22::new("fog", "https://example.com/a.png").draft();
    let checked = draft.check(&ModelSpec::wan_2_2(), &Facts::new(Reach::Internet));
    checked.request.expect("it may be sent")
}

/// Runs all jobs to their ends, and tells who asked, how and when.
fn crowd(budget: Option<Budget>) -> Vec<(u128, Method, Duration)> {
    let time = Rc::new(Cell::new(Duration::ZERO));
    let service = Rc::new(RefCell::new(Service {
        budget,
        asked: Vec::new(),
    }));
    let request = request();
    let mut driven: Vec<_> = (0..JOBS)
        .map(|number| {
            let wakes = Rc::new(Cell::new(Duration::ZERO));
            let world = World {
                number,
                time: time.clone(),
                wakes: wakes.clone(),
                service: service.clone(),
            };
            let request = request.clone();
            // The page learns that the network is back the moment it is.
            let back = time.clone();
            let told = Cell::new(0);
            let hints = stream::poll_fn(move |_| {
                let hint = match (told.get(), back.get().as_secs()) {
                    (0, AWAY_FROM..) => Hint::Offline,
                    (1, AWAY_TO..) => Hint::Online,
                    _ => return Poll::Pending,
                };
                told.set(told.get() + 1);
                Poll::Ready(Some(Command::Hint(hint)))
            });
            let future = Box::pin(async move {
                let intent = IntentId::mint(number);
                let seed = u64::try_from(number).unwrap_or_default();
                let now = world.now();
                let pace = Pace::REMOTE;
                let mut job = Job::new(request, Connection::demo(), intent, pace, seed, now);
                drive(&mut job, &world, hints, |_| ()).await
            });
            Driven { future, wakes }
        })
        .collect();
    let mut context = Context::from_waker(Waker::noop());
    while !driven.is_empty() {
        let next = driven.iter().map(|job| job.wakes.get()).min();
        let next = next.expect("somebody waits").max(time.get());
        let returned = time.get().as_secs() < AWAY_TO && next.as_secs() >= AWAY_TO;
        time.set(next);
        driven.retain_mut(|job| {
            if !returned && job.wakes.get() > next {
                return true;
            }
            match job.future.as_mut().poll(&mut context) {
                Poll::Ready(outcome) => {
                    assert!(matches!(outcome, Outcome::Succeeded(_)), "{outcome:?}");
                    false
                }
                Poll::Pending => true,
            }
        });
    }
    service.take().asked
}

const AWAY_FROM: u64 = AWAY.start;
const AWAY_TO: u64 = AWAY.end;

/// The most requests in any one second.
fn busiest(asked: &[(u128, Method, Duration)]) -> usize {
    let second = Duration::from_secs(1);
    let within = |(place, (_, _, from)): (usize, &(u128, Method, Duration))| {
        let later = asked[place..].iter();
        later.take_while(|(_, _, at)| *at < *from + second).count()
    };
    asked.iter().enumerate().map(within).max().unwrap_or(0)
}

#[test]
fn hundreds_of_jobs_share_one_budget() {
    let asked = crowd(Some(Budget::REMOTE));
    let most = busiest(&asked);
    assert!(most <= 2 * PER_SECOND, "{most} requests in one second");
    let mean = asked.len() as f64 / (asked.last().expect("somebody").2).as_secs_f64();
    assert!(mean <= PER_SECOND as f64, "{mean} requests a second");
    let submits = asked
        .iter()
        .filter(|(_, method, _)| *method == Method::Post);
    assert_eq!(submits.count() as u128, JOBS, "each is submitted once");
    // Eight questions a second are one in 63 seconds for each of 500 jobs; a job's own wait, at
    // most 30 seconds after a failure, comes on top.
    let patience = Duration::from_secs(63 + 30);
    for number in 0..JOBS {
        let mine = asked.iter().filter(|(who, ..)| *who == number);
        let times: Vec<_> = mine.map(|(_, _, at)| *at).collect();
        let longest = times.windows(2).map(|pair| pair[1] - pair[0]).max();
        assert!(longest <= Some(patience), "job {number} waits {longest:?}");
    }
}

/// The test can fail: without a budget the same crowd is a storm.
#[test]
fn without_a_budget_they_storm() {
    let most = busiest(&crowd(None));
    assert!(most >= 100, "only {most} requests in one second");
}
