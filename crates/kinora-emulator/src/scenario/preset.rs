//! Scenarios with a name.

use core::num::NonZeroU32;
use core::time::Duration;

use kinora::retry::Call;
use kinora::{HttpResponse, Object};

use super::{Cors, Failing, Scenario};
use crate::{
    AuthRefusal, BalanceRefusal, CancelAnswer, Catalog, ErrorShape, ErrorStatus, Fault, Model,
    NotReady, OutputShape, SubmitAnswer, Tokens, Violation, WaitForm,
};

/// A scenario with a name.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// Its name.
    pub name: &'static str,
    /// What it promises, in a sentence.
    pub meaning: &'static str,
    change: fn(&mut Scenario),
}

impl Preset {
    /// All of them, the usual one first.
    pub const ALL: &'static [Self] = PRESETS;

    /// The preset of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|preset| preset.name == name)
    }

    /// What it stands for.
    pub fn scenario(&self) -> Scenario {
        let mut scenario = usual();
        (self.change)(&mut scenario);
        scenario
    }
}

/// Three people before us, a second each; then four seconds of work. All example models.
fn usual() -> Scenario {
    Scenario {
        models: Model::examples(),
        catalog: Some(Catalog::OF_MODELS),
        ahead: 3,
        tick: Duration::from_secs(1),
        run: Duration::from_secs(4),
        ..Scenario::default()
    }
}

const fn preset(name: &'static str, meaning: &'static str, change: fn(&mut Scenario)) -> Preset {
    Preset {
        name,
        meaning,
        change,
    }
}

#[rustfmt::skip]
const PRESETS: &[Preset] = &[
    preset("usual", "A short queue, a short run, a video.", |_| {}),
    preset("instant", "No queue and no run: the video is there at once.", |it| {
        (it.ahead, it.run) = (0, Duration::ZERO);
    }),
    preset("slow", "Eight people before you, ten seconds each; then three minutes of work.", |it| {
        (it.ahead, it.tick, it.run) = (8, Duration::from_secs(10), Duration::from_secs(180));
    }),
    preset("parallel", "Sixteen jobs run at once.", |it| {
        it.slots = NonZeroU32::MIN.saturating_add(15);
    }),
    // What an answer looks like.
    preset("submit-bare", "A submit is answered by 202 with an id and no URLs.", |it| {
        it.submit_answer = SubmitAnswer::Bare;
    }),
    preset("output-list", "The output is a list of addresses.", |it| {
        it.output = OutputShape::List;
    }),
    preset("output-text", "The output is one address as text.", |it| {
        it.output = OutputShape::Text;
    }),
    preset("odd-state", "A job is `warming_up` for half of its run, which no page mentions.", |it| {
        it.odd_state = Some("warming_up".to_owned());
    }),
    preset("late-result",
        "A job is `completed` five seconds before its result, a 200 with its state until then.", |it| {
        it.late = Duration::from_secs(5);
    }),
    preset("late-result-400005",
        "A job is `completed` five seconds before its result, HTTP 400 with 400005 until then.", |it| {
        (it.late, it.not_ready) = (Duration::from_secs(5), NotReady::Error);
    }),
    preset("cancel-completed",
        "A cancelled job is `completed`; only its result says `cancelled`.", |it| {
        it.cancel_answer = CancelAnswer::Completed;
    }),
    preset("cancel-requested", "A cancel is answered by `cancellation_requested`.", |it| {
        it.cancel_answer = CancelAnswer::Requested;
    }),
    preset("cancel-as-printed",
        "A cancel is answered as the documentation prints it, which is no JSON.", |it| {
        it.cancel_answer = CancelAnswer::AsPrinted;
    }),
    // Jobs that end badly.
    preset("failed", "Every job fails, with an object as its error.", |it| {
        (it.failing, it.error) = (Failing::All, ErrorShape::Object);
    }),
    preset("failed-text", "Every job fails, with a text as its error.", |it| {
        (it.failing, it.error) = (Failing::All, ErrorShape::Text);
    }),
    preset("failed-list", "Every job fails, with a list as its error.", |it| {
        (it.failing, it.error) = (Failing::All, ErrorShape::List);
    }),
    preset("failed-once", "The first job fails, every other succeeds.", |it| {
        it.failing = Failing::First(1);
    }),
    preset("expired", "A job is forgotten the moment it ends: 404 with 404001.", |it| {
        it.retention = Duration::ZERO;
    }),
    // Whom the service does not serve.
    preset("token", "Only the token `test` is accepted; others are HTTP 400 with 400004.", |it| {
        it.tokens = Tokens::only(["test"]);
    }),
    preset("token-401", "Only the token `test` is accepted; others are a gateway's 401.", |it| {
        (it.tokens, it.auth_refusal) = (Tokens::only(["test"]), AuthRefusal::Unauthorized);
    }),
    preset("token-403", "Only the token `test` is accepted; others are a gateway's 403.", |it| {
        (it.tokens, it.auth_refusal) = (Tokens::only(["test"]), AuthRefusal::Forbidden);
    }),
    preset("error-as-200",
        "Only the token `test` is accepted; every error comes as HTTP 200 with its number.", |it| {
        (it.tokens, it.error_status) = (Tokens::only(["test"]), ErrorStatus::Success);
    }),
    preset("accounts",
        "The token `test` pays for any number of jobs, `poor` for one; each has its own.", |it| {
        it.tokens = Tokens::only(["test"]).with_balance("poor", 1);
    }),
    preset("no-balance", "Nobody can pay: HTTP 400 with 400002.", |it| it.balance = Some(0)),
    preset("no-balance-402", "Nobody can pay: a gateway's HTTP 402.", |it| {
        (it.balance, it.balance_refusal) = (Some(0), BalanceRefusal::PaymentRequired);
    }),
    preset("violation-400", "Input that breaks a rule is HTTP 400 instead of 422.", |it| {
        it.violation = Violation::BadRequest;
    }),
    preset("no-cors", "Pages of other origins may read nothing.", |it| {
        it.cors = Cors { answers: false, media: false, expose: false, max_age: None };
    }),
    preset("cors-bare",
        "Pages of other origins may read answers, but not when to ask again, and outputs only show.", |it| {
        it.cors = Cors { media: false, expose: false, max_age: None, ..it.cors };
    }),
    // A service in trouble, where a repeat is safe.
    preset("busy", "The first call of each sort is a 429 that names no wait.", |it| {
        it.faults = each_call(|call| Fault::too_many(call, None));
    }),
    preset("busy-seconds",
        "The first call of each sort is a 429 that asks to wait 7 seconds.", |it| {
        it.faults = each_call(|call| busy(call, WaitForm::Seconds));
    }),
    preset("busy-date",
        "The first call of each sort is a 429 that asks to wait until a date, 7 seconds ahead.", |it| {
        it.faults = each_call(|call| busy(call, WaitForm::Date));
    }),
    preset("busy-ms",
        "The first call of each sort is a 429 that asks to wait 7000 milliseconds.", |it| {
        it.faults = each_call(|call| busy(call, WaitForm::Millis));
    }),
    preset("refused-503", "The first submit is a 503 that is marked as not accepted.", |it| {
        it.faults = vec![Fault::not_accepted(Call::Submit).times(1)];
    }),
    preset("stormy",
        "The first questions are lost, never answered, a 500, a 503 and a web page.", |it| {
        it.faults = storm();
    }),
    // Accepted, but the answer to the submit does not say so: a repeat would pay twice.
    preset("accepted-silence", "The first submit is accepted and never answered.", |it| {
        it.faults = vec![Fault::silent(Call::Submit).times(1)];
    }),
    preset("accepted-reset", "The first submit is accepted, then its connection closes.", |it| {
        it.faults = vec![Fault::lost(Call::Submit).times(1)];
    }),
    preset("accepted-500", "The first submit is accepted and answered by a 500.", |it| {
        it.faults = vec![accepted(Fault::gateway(
        Call::Submit,
        500,
        "Internal Server Error",
        ))];
    }),
    preset("accepted-503", "The first submit is accepted and answered by a 503.", |it| {
        it.faults = vec![accepted(Fault::gateway(
        Call::Submit,
        503,
        "Service Unavailable",
        ))];
    }),
    preset("accepted-html", "The first submit is accepted and answered by a web page.", |it| {
        it.faults = vec![accepted(Fault::web_page(Call::Submit))];
    }),
    preset("accepted-no-id",
        "The first submit is accepted and answered by a 200 without an id.", |it| {
        let empty = HttpResponse::json(200, Object::new());
        it.faults = vec![accepted(Fault::refused(Call::Submit, empty))];
    }),
    preset("lost-before", "The first submit does not arrive: its connection closes.", |it| {
        it.faults = vec![Fault::unheard(Call::Submit).times(1)];
    }),
];

fn each_call(fault: fn(Call) -> Fault) -> Vec<Fault> {
    let calls = [Call::Submit, Call::Status, Call::Result, Call::Cancel];
    calls.map(|call| fault(call).times(1)).to_vec()
}

fn busy(call: Call, form: WaitForm) -> Fault {
    Fault::too_many(call, None).asking_to_wait(Duration::from_secs(7), form)
}

fn storm() -> Vec<Fault> {
    let questions = [Call::Status, Call::Result].map(|call| {
        [
            Fault::lost(call),
            Fault::silent(call),
            Fault::gateway(call, 500, "Internal Server Error"),
            Fault::gateway(call, 503, "Service Unavailable"),
            Fault::web_page(call),
        ]
    });
    let faults = questions.into_iter().flatten();
    faults.map(|fault| fault.times(1)).collect()
}

fn accepted(fault: Fault) -> Fault {
    fault.after_the_deed().times(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_preset_has_a_name_of_its_own_and_a_sentence() {
        for (at, preset) in PRESETS.iter().enumerate() {
            let plain =
                |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
            assert!(preset.name.chars().all(plain), "{}", preset.name);
            assert!(preset.meaning.ends_with('.'), "{}", preset.name);
            let first = PRESETS.iter().position(|other| other.name == preset.name);
            assert_eq!(first, Some(at), "{} twice", preset.name);
            assert!(Preset::named(preset.name).is_some());
        }
    }

    #[test]
    fn each_preset_differs_from_the_usual_one() {
        for preset in &PRESETS[1..] {
            assert_ne!(preset.scenario(), usual(), "{}", preset.name);
        }
    }
}
