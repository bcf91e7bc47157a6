use super::*;
use crate::{Calls, Intent};

#[test]
fn everything_asked_is_counted_by_call_account_and_intent() {
    let mut bench = Bench::new(Scenario {
        tokens: Tokens::only(["one", "two"]),
        faults: vec![Fault::lost(Call::Submit).times(1)],
        ..Scenario::default()
    });
    let two = |request| with(request, "authorization", "Bearer two");
    let wish = || two(with(submit(INPUT), "kinora-intent", "i-1"));
    bench.ask(&wish());
    bench.ask(&wish());
    bench.ask(&two(submit(INPUT)));
    bench.ask(&two(request(STATUS)));
    bench.ask(&two(request(RESULT)));
    bench.ask(&two(request("POST /v1/requests/x/cancel")));
    bench.ask(&with(
        request("GET /v1/models"),
        "authorization",
        "Bearer one",
    ));
    bench.ask(&with(
        request("GET /v1/models/categories"),
        "authorization",
        "Bearer one",
    ));
    bench.ask(&request("GET /v1/models/a/b"));
    bench.ask(&with(submit("{}"), "kinora-intent", "i-2"));
    bench.ask(&request("GET /"));
    let counts = bench.emulator.counts();
    assert_eq!(
        counts.calls,
        Calls {
            submit: 4,
            status: 1,
            result: 1,
            cancel: 1,
            catalog: 3,
            other: 1
        }
    );
    let one = Calls {
        catalog: 2,
        ..Calls::default()
    };
    let two = Calls {
        submit: 3,
        status: 1,
        result: 1,
        cancel: 1,
        ..Calls::default()
    };
    assert_eq!(counts.accounts, [one, two]);
    let accepted = Intent {
        submitted: 2,
        accepted: 1,
    };
    let refused = Intent {
        submitted: 1,
        accepted: 0,
    };
    let wanted = [("i-1".to_owned(), accepted), ("i-2".to_owned(), refused)];
    assert_eq!(counts.intents, wanted);
    assert_eq!(counts.of_intent("i-2"), Some(refused));
    assert_eq!(counts.of_intent("i-3"), None);
}

#[test]
fn calls_have_names() {
    let calls = Calls {
        submit: 1,
        status: 2,
        result: 3,
        cancel: 4,
        catalog: 5,
        other: 6,
    };
    let named = calls.named().map(|(name, count)| format!("{name} {count}"));
    assert_eq!(
        named,
        [
            "submit 1",
            "status 2",
            "result 3",
            "cancel 4",
            "catalog 5",
            "other 6"
        ]
    );
}
