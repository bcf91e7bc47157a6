use super::*;

fn next(pace: &Pace, elapsed: u64, asked: u32) -> Duration {
    pace.next(&Waiting {
        elapsed: Duration::from_secs(elapsed),
        asked,
        is_told: true,
        queue_position: None,
        hidden: false,
    })
}

fn history(seconds: impl IntoIterator<Item = u64>) -> History {
    let mut history = History::EMPTY;
    for seconds in seconds {
        history.add(Duration::from_secs(seconds));
    }
    history
}

/// The gaps between the questions of a job that takes this long.
fn gaps(pace: &Pace, takes: Duration) -> Vec<Duration> {
    let (mut elapsed, mut gaps) = (Duration::ZERO, Vec::new());
    while elapsed < takes {
        let gap = pace.next(&Waiting {
            elapsed,
            asked: u32::try_from(gaps.len()).expect("few gaps"),
            is_told: true,
            queue_position: None,
            hidden: false,
        });
        elapsed += gap;
        gaps.push(gap);
    }
    gaps
}

#[test]
fn without_a_history_gaps_are_nearly_even_and_within_their_bounds() {
    let gaps = gaps(&Pace::REMOTE, Duration::from_secs(3600));
    assert!(gaps[0] > Duration::from_secs(2) && gaps[0] < Duration::from_secs(4));
    assert!(gaps.windows(2).all(|pair| pair[1] < pair[0] * 12 / 10));
    assert_eq!(gaps.last(), Some(&Pace::REMOTE.longest));
}

#[test]
fn gaps_are_short_where_jobs_ended_before_and_long_elsewhere() {
    let pace = Pace::REMOTE.with_history(history(55..65));
    assert_eq!(next(&pace, 20, 4), pace.longest);
    assert!(next(&pace, 58, 14) < Duration::from_millis(1200));
    assert!(next(&pace, 120, 40) > Duration::from_millis(2000));
}

#[test]
fn a_job_that_outlives_its_history_is_asked_at_a_like_rate() {
    let pace = Pace::REMOTE.with_history(history([10; 20]));
    let (mut elapsed, mut asked) = (Duration::ZERO, 0);
    for gap in gaps(&pace, Duration::from_secs(200)) {
        if let Some(average) = elapsed.checked_div(asked - u32::from(asked > 0)) {
            assert!(gap <= average * 116 / 100, "{gap:?} after {elapsed:?}");
        }
        elapsed += gap;
        asked += 1;
    }
}

#[test]
fn no_bound_but_the_historys_own_when_it_is_trusted() {
    let pace = Pace {
        longest: Duration::MAX,
        ..Pace::REMOTE.with_history(history(115..125))
    };
    assert!(next(&pace, 0, 0) > Duration::from_secs(20));
    assert!(gaps(&pace, Duration::from_secs(130)).len() < 30);
}

#[test]
fn a_place_far_back_in_the_queue_waits_longer() {
    let wait = |queue_position| {
        Pace::REMOTE.next(&Waiting {
            elapsed: Duration::ZERO,
            asked: 0,
            is_told: true,
            queue_position,
            hidden: false,
        })
    };
    assert_eq!(wait(Some(0)), wait(None));
    assert!(wait(Some(1)) > wait(None));
    assert_eq!(wait(Some(u32::MAX)), Pace::REMOTE.longest);
}

#[test]
fn a_hidden_page_asks_seldom() {
    let wait = |pace: &Pace, elapsed| {
        pace.next(&Waiting {
            elapsed: Duration::from_secs(elapsed),
            asked: 10,
            is_told: true,
            queue_position: None,
            hidden: true,
        })
    };
    assert!(wait(&Pace::REMOTE, 0) > next(&Pace::REMOTE, 0, 10) * 3);
    assert_eq!(wait(&Pace::REMOTE, 3600), Pace::REMOTE.hidden);
    let sure = Pace::REMOTE.with_history(history(55..65));
    assert!(wait(&sure, 58) > next(&sure, 58, 10) * 2);
}

#[test]
fn no_pace_and_no_time_makes_it_stumble() {
    let odd = Pace {
        urgency: 0,
        guess: Duration::ZERO,
        first: Duration::ZERO,
        shortest: Duration::ZERO,
        longest: Duration::MAX,
        hidden: Duration::ZERO,
        history: history([0, u64::from(u32::MAX), 1]),
    };
    for pace in [odd, Pace::REMOTE, Pace::IN_PAGE] {
        for elapsed in [Duration::ZERO, Duration::from_nanos(1), Duration::MAX] {
            for (asked, place, hidden) in [(0, None, false), (u32::MAX, Some(u32::MAX), true)] {
                let wait = pace.next(&Waiting {
                    elapsed,
                    asked,
                    is_told: !hidden,
                    queue_position: place,
                    hidden,
                });
                assert!(wait > Duration::ZERO || pace.first == Duration::ZERO);
            }
        }
    }
}

#[test]
fn the_first_question_comes_soon() {
    let wait = Pace::REMOTE.next(&Waiting {
        elapsed: Duration::ZERO,
        asked: 0,
        is_told: false,
        queue_position: None,
        hidden: false,
    });
    assert_eq!(wait, Pace::REMOTE.first);
    assert!(next(&Pace::REMOTE, 0, 0) > wait);
}
