//! Whole jobs while something between us and the service goes wrong.

use std::time::Duration;

use kinora::retry::Call;
use kinora::{Object, Outcome};
use kinora_emulator::Fault;

use super::world::World;
use super::{urls, with};

#[test]
fn a_lost_answer_is_uncertain_until_the_same_intent_is_sent_again() {
    for fault in [
        Fault::lost(Call::Submit).times(1),
        Fault::misreported(Call::Submit, kinora::HttpResponse::json(200, Object::new())).times(1),
        Fault::misreported(Call::Submit, kinora::HttpResponse::json(502, Object::new())).times(1),
    ] {
        let world = World::new(with(fault.clone()));
        let (_, outcome) = world.run(world.job(1));
        assert!(
            matches!(outcome, Outcome::Uncertain(_)),
            "{fault:?}: {outcome:?}"
        );
        assert_eq!(world.stages(), ["sending", "uncertain"]);
        assert_eq!(
            world.asked(),
            ["POST image-to-video"],
            "nothing is sent twice unasked"
        );
        let (_, outcome) = world.run(world.job(1));
        assert_eq!(urls(&outcome).len(), 1);
        assert_eq!(world.emulator.borrow().accepted(), 1, "{fault:?}");
    }
}

#[test]
fn what_certainly_was_not_accepted_is_sent_again() {
    let wait = Some(Duration::from_secs(7));
    for fault in [
        Fault::too_many(Call::Submit, wait),
        Fault::not_accepted(Call::Submit),
    ] {
        let world = World::new(with(fault.times(2)));
        let (news, outcome) = world.run(world.job(1));
        let troubles = news
            .iter()
            .filter(|text| text.starts_with("trouble"))
            .count();
        assert_eq!((troubles, urls(&outcome).len()), (2, 1), "{news:?}");
        assert_eq!(world.emulator.borrow().accepted(), 1);
    }
}

#[test]
fn a_wait_that_the_service_asks_for_is_kept() {
    let world = World::new(with(
        Fault::too_many(Call::Submit, Some(Duration::from_secs(7))).times(1),
    ));
    world.run(world.job(1));
    let emulator = world.emulator.borrow();
    let [first, second, ..] = emulator.log() else {
        panic!("two submits")
    };
    assert!(second.at.since(first.at) >= Duration::from_secs(7));
}

#[test]
fn questions_outlive_a_service_in_trouble() {
    for fault in [
        Fault::lost(Call::Status),
        Fault::unheard(Call::Result),
        Fault::gateway(Call::Status, 500, "broken"),
        Fault::web_page(Call::Result),
    ] {
        let world = World::new(with(fault.clone().times(3)));
        let (news, outcome) = world.run(world.job(1));
        let troubles = news
            .iter()
            .filter(|text| text.starts_with("trouble"))
            .count();
        assert_eq!(
            (troubles, urls(&outcome).len()),
            (3, 1),
            "{fault:?}: {news:?}"
        );
    }
}
