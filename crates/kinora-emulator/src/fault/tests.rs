use super::*;

const NOW: WallTime = WallTime::from_unix_millis(1_795_305_600_000);

#[test]
fn a_fault_happens_as_often_as_it_says_and_on_its_call_only() {
    let mut faults = Faults::new(&[
        Fault::lost(Call::Submit).times(1),
        Fault::gateway(Call::Submit, 500, "broken").times(2),
    ]);
    assert_eq!(faults.strike(Call::Status, NOW), None);
    let struck: Vec<_> = (0..4).map(|_| faults.strike(Call::Submit, NOW)).collect();
    let reset: Vec<_> = struck
        .iter()
        .map(|fault| fault.as_ref().map(|(_, reply)| *reply == Reply::Reset))
        .collect();
    assert_eq!(reset, [Some(true), Some(false), Some(false), None]);
}

#[test]
fn a_fault_without_a_count_never_ends() {
    let mut faults = Faults::new(&[Fault::unheard(Call::Result)]);
    assert!((0..100).all(|_| faults.strike(Call::Result, NOW).is_some()));
}

#[test]
fn a_wait_is_asked_for_in_each_form() {
    let wait = Duration::from_millis(7500);
    for (form, wanted) in [
        (WaitForm::Seconds, "retry-after: 7"),
        (
            WaitForm::Date,
            "retry-after: Sun, 22 Nov 2026 00:00:07 GMT, date: Sun, 22 Nov 2026 00:00:00 GMT",
        ),
        (WaitForm::Millis, "retry-after-ms: 7500"),
    ] {
        let fault = Fault::too_many(Call::Submit, None).asking_to_wait(wait, form);
        let Reply::Answer(response) = fault.reply(NOW) else {
            panic!("an answer")
        };
        let headers = response.headers.iter();
        let headers: Vec<_> = headers
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        assert_eq!(headers.join(", "), wanted);
    }
}
