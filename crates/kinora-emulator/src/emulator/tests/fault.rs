use super::*;

fn bench(fault: Fault) -> Bench {
    Bench::new(Scenario {
        faults: vec![fault],
        ..Scenario::default()
    })
}

#[test]
fn a_lost_answer_is_a_reset_after_the_deed() {
    let mut bench = bench(Fault::lost(Call::Submit).times(1));
    assert_eq!(
        bench.emulator.answer(&submit(INPUT), bench.now),
        Reply::Reset
    );
    assert_eq!(bench.emulator.accepted(), 1);
    assert_eq!(bench.emulator.log()[0].answered, None);
    assert!(matches!(
        bench.emulator.answer(&submit(INPUT), bench.now),
        Reply::Answer(_)
    ));
}

#[test]
fn an_unheard_call_is_a_reset_without_a_deed() {
    let mut bench = bench(Fault::unheard(Call::Submit));
    assert_eq!(
        bench.emulator.answer(&submit(INPUT), bench.now),
        Reply::Reset
    );
    assert_eq!(bench.emulator.accepted(), 0);
}

#[test]
fn a_silent_call_is_done_and_never_answered() {
    let mut bench = bench(Fault::silent(Call::Submit));
    let reply = bench.emulator.answer(&submit(INPUT), bench.now);
    assert_eq!(reply, Reply::Silence);
    assert_eq!(bench.emulator.accepted(), 1);
    assert_eq!(
        text(&bench.ask(&submit(INPUT))),
        r#"504 {"message":"Gateway Timeout"}"#
    );
}

#[test]
fn a_host_that_cannot_be_silent_is_a_gateway_that_gave_up() {
    let mut bench = bench(Fault::lost(Call::Submit));
    assert_eq!(
        text(&bench.ask(&submit(INPUT))),
        r#"504 {"message":"Gateway Timeout"}"#
    );
}

#[test]
fn a_lost_submit_and_its_repeat_are_one_job() {
    let mut bench = bench(Fault::lost(Call::Submit).times(1));
    let intended = with(submit(INPUT), "kinora-intent", "i-1");
    assert_eq!(bench.ask(&intended).status, 504);
    assert!(text(&bench.ask(&intended)).contains(r#""request_id":"e220a8397b1dcdaf-1""#));
    assert_eq!(bench.emulator.accepted(), 1);
}

#[test]
fn every_fault_is_answered_as_it_is_written() {
    let seconds = Duration::from_secs(7);
    for (fault, wanted, accepted) in [
        (
            Fault::too_many(Call::Submit, None),
            r#"429 {"message":"Too Many Requests"}"#,
            0,
        ),
        (
            Fault::too_many(Call::Submit, Some(seconds)),
            r#"429 {"message":"Too Many Requests"}"#,
            0,
        ),
        (
            Fault::gateway(Call::Submit, 500, "broken"),
            r#"500 {"message":"broken"}"#,
            0,
        ),
        (
            Fault::numbered(Call::Submit, 200, 400_002, "no balance"),
            r#"200 {"error_code":400002,"error_message":"no balance"}"#,
            0,
        ),
        (
            Fault::not_accepted(Call::Submit),
            r#"503 {"message":"Service Unavailable"}"#,
            0,
        ),
        (
            Fault::misreported(Call::Submit, HttpResponse::json(200, Object::new())),
            "200 {}",
            1,
        ),
    ] {
        let mut bench = bench(fault);
        assert_eq!(text(&bench.ask(&submit(INPUT))), wanted);
        assert_eq!(bench.emulator.accepted(), accepted, "{wanted}");
    }
}

#[test]
fn headers_come_with_the_faults_that_need_them() {
    let header = |fault, name| {
        bench(fault)
            .ask(&submit(INPUT))
            .header(name)
            .map(str::to_owned)
    };
    let wait = Some(Duration::from_secs(7));
    let busy = header(Fault::too_many(Call::Submit, wait), "retry-after");
    assert_eq!(busy.as_deref(), Some("7"));
    assert_eq!(
        header(Fault::too_many(Call::Submit, None), "retry-after"),
        None
    );
    let marked = header(Fault::not_accepted(Call::Submit), "kinora-accepted");
    assert_eq!(marked.as_deref(), Some("no"));
    let page = header(Fault::web_page(Call::Submit), "content-type");
    assert_eq!(page.as_deref(), Some("text/html; charset=utf-8"));
}

#[test]
fn a_web_page_is_no_json() {
    let answer = bench(Fault::web_page(Call::Submit)).ask(&submit(INPUT));
    assert_eq!(answer.status, 200);
    assert!(matches!(answer.body, Body::Text(text) if text.starts_with("<!doctype html>")));
}

#[test]
fn a_fault_on_one_call_leaves_the_others_alone() {
    let mut bench = bench(Fault::gateway(Call::Status, 500, "broken").times(1));
    let id = bench.submit();
    bench.finish(&id);
    bench.check(STATUS, r#"500 {"message":"broken"}"#);
    assert_eq!(bench.ask(&request(STATUS)).status, 200);
    assert!(text(&bench.ask(&request(RESULT))).contains("succeeded"));
}
