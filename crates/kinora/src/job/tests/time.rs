//! How long a job took, and how long it is waited for.

use super::*;

const RUNNING: &str = r#"{"status":"in_progress"}"#;

impl Bench {
    /// The wait that the job is in now.
    fn wait(&mut self) -> Duration {
        match self.job.poll(at(self.now)) {
            Some(Output::Sleep(span)) => span,
            other => panic!("not a wait: {other:?}"),
        }
    }

    /// Lets exactly the present wait pass.
    fn pass(&mut self) {
        self.job.handle(Input::Woke, at(self.now));
        let wait = self.wait();
        self.now += wait;
        self.tell(Input::Woke);
    }
}

fn made(bench: &mut Bench, result: &str) {
    bench.answer(200, r#"{"status":"completed"}"#);
    bench.answer(200, result);
    bench.tell(Input::Stored);
}

#[test]
fn a_made_job_tells_how_long_it_took() {
    let mut bench = Bench::watching();
    while bench.now < Duration::from_secs(60) {
        bench.pass();
        bench.answer(200, RUNNING);
    }
    assert_eq!(bench.job.took(), None);
    let before = bench.now;
    bench.pass();
    made(
        &mut bench,
        r#"{"status":"succeeded","output":"https://x/a.mp4"}"#,
    );
    let took = bench.job.took().expect("it was watched all the time");
    assert_eq!(took, before + (bench.now - before) / 2);
}

#[test]
fn a_job_that_made_nothing_tells_nothing() {
    let mut bench = Bench::watching();
    bench.pass();
    made(&mut bench, r#"{"status":"failed","error":"no"}"#);
    assert_eq!(bench.job.took(), None);
}

#[test]
fn a_running_job_may_ask_for_patience() {
    let mut bench = Bench::asking();
    let answer = |seconds: &str| {
        let mut response = HttpResponse::json(200, crate::Object::new().with("status", "in_queue"));
        response.headers = vec![("retry-after".to_owned(), seconds.to_owned())];
        Input::Response(response)
    };
    bench.job.handle(answer("40"), at(bench.now));
    bench.job.poll(at(bench.now));
    assert_eq!(bench.wait(), Duration::from_secs(40));
    let mut bench = Bench::asking();
    bench.job.handle(answer("0"), at(bench.now));
    bench.job.poll(at(bench.now));
    assert!(bench.wait() > Duration::from_secs(1), "not for impatience");
}

#[test]
fn the_queue_does_not_count_as_work() {
    let mut bench = Bench::asking();
    bench.now = Duration::from_secs(1000);
    bench.answer(200, r#"{"status":"in_queue","queue_position":0}"#);
    bench.job.handle(Input::Woke, at(bench.now));
    let first = bench.wait();
    assert!(first < Duration::from_secs(3), "as if it had just begun");
}

#[test]
fn whoever_comes_and_goes_makes_the_pace_no_faster() {
    let wait_after = |returns: u32| {
        let mut bench = Bench::asking();
        bench.answer(200, RUNNING);
        for _ in 0..returns {
            bench.tell(Input::Hint(Hint::Hidden));
            bench.tell(Input::Hint(Hint::Visible));
            bench.answer(200, RUNNING);
        }
        bench.job.handle(Input::Woke, at(bench.now));
        bench.wait()
    };
    assert_eq!(wait_after(50), wait_after(0));
}

#[test]
fn a_page_that_is_looked_at_again_asks_at_once() {
    let mut bench = Bench::watching();
    assert_eq!(
        bench.tell(Input::Hint(Hint::Visible)),
        ["sleep"],
        "it was never hidden"
    );
    assert_eq!(bench.tell(Input::Hint(Hint::Hidden)), ["sleep"]);
    assert_eq!(bench.tell(Input::Hint(Hint::Visible)), [STATUS]);
    let mut bench = Bench::watching();
    assert_eq!(bench.tell(Input::Hint(Hint::Offline)), ["sleep"]);
    assert_eq!(bench.tell(Input::Hint(Hint::Online)), [STATUS]);
}
