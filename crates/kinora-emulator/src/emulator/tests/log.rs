use super::*;

#[test]
fn the_log_says_what_was_asked_but_no_token() {
    let mut bench = Bench::new(Scenario {
        tokens: Tokens::only(["secret"]),
        ..Scenario::default()
    });
    let asked = with(submit(INPUT), "authorization", "Bearer secret");
    bench.ask(&with(asked, "kinora-intent", "i-1"));
    bench.ask(&request("GET /v1/requests/x/status?a=b"));
    let log = bench.emulator.log();
    let seen: Vec<_> = log
        .iter()
        .map(|asked| {
            (
                asked.path.as_str(),
                asked.intent.as_deref(),
                asked.bearer,
                asked.answered,
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            (
                "/v1/models/wan-ai/wan-2-2/image-to-video",
                Some("i-1"),
                true,
                Some(200)
            ),
            ("/v1/requests/x/status?a=b", None, false, Some(400)),
        ]
    );
    assert!(!format!("{:?}", bench.emulator).contains("secret"));
    assert_eq!(bench.emulator.accepted(), 1);
}

#[test]
fn the_log_forgets_the_oldest_first() {
    let mut bench = Bench::new(Scenario::default());
    for number in 0..=LOG_LENGTH {
        bench.ask(&request(&format!("GET /{number}")));
    }
    let log = bench.emulator.log();
    assert_eq!((log.len(), log[0].path.as_str()), (LOG_LENGTH, "/1"));
}
