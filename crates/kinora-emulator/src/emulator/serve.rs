//! What each call does and is answered, when nothing goes wrong on purpose.

use kinora::wire::route::{self, Route};
use kinora::wire::{answer, code, header, key, read, word};
use kinora::{
    Body, Connection, Draft, Facts, HostKind, HttpRequest, HttpResponse, IntentId, ModelId, Object,
    Request, RequestId, ServiceState, Status,
};

use super::{Emulator, Promise};
use crate::fault::gateway;
use crate::job::{Job, State};
use crate::token::Account;
use crate::{CancelAnswer, NotReady, SubmitAnswer};

impl Emulator {
    pub(super) fn serve(&mut self, route: Option<Route>, request: &HttpRequest) -> HttpResponse {
        let authorization = request.header(header::AUTHORIZATION);
        let Some(account) = self.scenario.tokens.account(authorization) else {
            return self.not_you();
        };
        let answered = match route {
            Some(Route::Submit(model)) => self.submit(&model, request, account),
            Some(Route::Status(id)) => self.job(&id, account).map(|job| self.status(job)),
            Some(Route::Result(id)) => {
                let with_cost = route::wants_cost(&request.url);
                self.job(&id, account)
                    .map(|job| self.result(job, with_cost))
            }
            Some(Route::Cancel(id)) => self.cancel(&id, account),
            Some(route @ (Route::Models(_) | Route::Categories | Route::Model(_))) => {
                let catalog = self.scenario.catalog;
                let answered = catalog.and_then(|catalog| catalog.answer(self, &route));
                answered.unwrap_or_else(|| Err(gateway(404, "Not Found")))
            }
            None => Err(gateway(404, "Not Found")),
        };
        answered.unwrap_or_else(|refusal| refusal)
    }

    fn submit(
        &mut self,
        model: &ModelId,
        request: &HttpRequest,
        account: Account,
    ) -> Result<HttpResponse, HttpResponse> {
        let intent = self.intent(request)?;
        let promised = self
            .promises
            .iter()
            .find(|promise| promise.account == account && Some(&promise.intent) == intent.as_ref());
        if let Some(promise) = promised {
            return Ok(self.submitted(&promise.id));
        }
        let checked = self.check(model, request.body.object())?;
        if !self.can_pay(account) {
            return Err(self.no_balance());
        }
        let id = self.accept(&checked, account)?;
        if let Some(intent) = intent {
            self.counts.accepted(intent.as_str());
            self.promises.push(Promise {
                intent,
                account,
                id: id.clone(),
                at: self.clock.time,
            });
        }
        Ok(self.submitted(&id))
    }

    fn intent(&self, request: &HttpRequest) -> Result<Option<IntentId>, HttpResponse> {
        let Some(text) = request.header(header::INTENT) else {
            return Ok(None);
        };
        let intent = IntentId::parse(text);
        intent
            .map(Some)
            .map_err(|bad| self.violation(vec![bad.to_string()]))
    }

    fn check(&self, model: &ModelId, input: Option<&Object>) -> Result<Request, HttpResponse> {
        let Some(model) = self
            .scenario
            .models
            .iter()
            .find(|known| known.id() == model)
        else {
            let words = "Invalid resource identifier: there is no such model.";
            return Err(self.numbered(400, code::UNKNOWN_MODEL, words));
        };
        let Some(input) = input else {
            return Err(self.violation(vec!["The body must be a JSON object.".to_owned()]));
        };
        let here = Connection::new(self.base.clone(), HostKind::Kinora);
        // Files inside the request: some of the service's own clients send them.
        let facts = Facts::new(here.reach()).with_data_uris();
        let checked = Draft::new(input.clone()).check(model.spec(), &facts);
        let wrong = checked
            .report
            .errors()
            .map(|issue| format!("{}: {}", issue.field, issue.message));
        let wrong = wrong.collect();
        checked.request.ok_or_else(|| self.violation(wrong))
    }

    fn accept(&mut self, checked: &Request, account: Account) -> Result<RequestId, HttpResponse> {
        let text = format!("{:016x}-{}", scatter(self.scenario.seed), self.accepted + 1);
        let id = RequestId::parse(&text).map_err(|bad| gateway(500, &bad.to_string()))?;
        let fails = self.scenario.failing.is(self.accepted);
        self.accepted += 1;
        self.pay(account);
        self.line.jobs.push(Job {
            id: id.clone(),
            model: checked.model().clone(),
            input: checked.input().clone(),
            account,
            fails,
            accepted_at: self.clock.time,
            state: State::Queued,
        });
        Ok(id)
    }

    fn can_pay(&self, account: Account) -> bool {
        let own = self.scenario.tokens.balance(account);
        let spent = self.spent.get(account.0).copied().unwrap_or_default();
        own.or(self.scenario.balance)
            .is_none_or(|jobs| spent < u64::from(jobs))
    }

    fn pay(&mut self, Account(place): Account) {
        if self.spent.len() <= place {
            self.spent.resize(place + 1, 0);
        }
        self.spent[place] += 1;
    }

    fn submitted(&self, id: &RequestId) -> HttpResponse {
        match self.scenario.submit_answer {
            SubmitAnswer::Full => HttpResponse::json(200, answer::submitted(&self.base, id)),
            SubmitAnswer::Bare => {
                HttpResponse::json(202, answer::no_result(id, &ServiceState::InQueue))
            }
        }
    }

    fn status(&self, job: &Job) -> HttpResponse {
        let now = self.clock.time;
        let status = Status {
            state: job.told_state(now, &self.scenario),
            queue_position: self.line.position(job, now, &self.scenario),
        };
        HttpResponse::json(200, answer::status(&self.base, &job.id, &status))
    }

    fn result(&self, job: &Job, with_cost: bool) -> HttpResponse {
        let now = self.clock.time;
        let state = job.told_state(now, &self.scenario);
        match (job.result(now, self.scenario.late), self.scenario.not_ready) {
            (Some(answer), _) => {
                let answer = answer.clone();
                let cost = (with_cost && answer.get(key::OUTPUT).is_some()).then(|| self.cost(job));
                HttpResponse::json(
                    200,
                    match cost.flatten() {
                        Some(usd) => answer::with_cost(answer, usd),
                        None => answer,
                    },
                )
            }
            (None, NotReady::State) => HttpResponse::json(200, answer::no_result(&job.id, &state)),
            (None, NotReady::Error) => {
                self.numbered(400, code::NOT_READY, "The result is not ready.")
            }
        }
    }

    /// What the catalogue's price makes of a job, if there is one.
    fn cost(&self, job: &Job) -> Option<f64> {
        let mut models = self.scenario.models.iter();
        let model = models.find(|model| *model.id() == job.model)?;
        model.cost(&job.input)
    }

    /// Takes a job out of the queue. What runs or is over stays as it is, and that is no error.
    fn cancel(&mut self, id: &RequestId, account: Account) -> Result<HttpResponse, HttpResponse> {
        let job = self.job(id, account)?;
        if !job.is_queued() {
            let state = job.told_state(self.clock.time, &self.scenario);
            let too_late = read::CancelAnswer::NotCancellable;
            return Ok(HttpResponse::json(
                202,
                answer::cancelled(id, &state, &too_late),
            ));
        }
        let (at, how) = (self.clock.time, self.scenario.cancel_answer);
        if let Some(job) = self.line.job_mut(id) {
            job.state = State::Ended {
                at,
                state: match how {
                    CancelAnswer::Completed => ServiceState::Completed,
                    CancelAnswer::Cancelled | CancelAnswer::Requested | CancelAnswer::AsPrinted => {
                        ServiceState::Cancelled
                    }
                },
                answer: answer::no_result(id, &ServiceState::Cancelled),
            };
        }
        Ok(cancelled(id, how))
    }

    fn job(&self, id: &RequestId, account: Account) -> Result<&Job, HttpResponse> {
        let Some(job) = self.line.job(id) else {
            return Err(self.not_found());
        };
        if job.account != account {
            return Err(self.numbered(403, code::NOT_YOURS, "Permission denied."));
        }
        Ok(job)
    }
}

fn cancelled(id: &RequestId, how: CancelAnswer) -> HttpResponse {
    let (state, outcome) = match how {
        CancelAnswer::Cancelled | CancelAnswer::Completed => {
            (ServiceState::Completed, read::CancelAnswer::Cancelled)
        }
        CancelAnswer::Requested => {
            let outcome = word::CANCELLATION_REQUESTED.to_owned();
            (
                ServiceState::Cancelled,
                read::CancelAnswer::Unknown(outcome),
            )
        }
        CancelAnswer::AsPrinted => {
            return HttpResponse {
                status: 202,
                headers: vec![(header::CONTENT_TYPE.to_owned(), header::JSON.to_owned())],
                body: Body::Text(answer::cancelled_as_printed(id)),
            };
        }
    };
    HttpResponse::json(202, answer::cancelled(id, &state, &outcome))
}

/// Spreads a seed over all 64 bits; no two seeds meet (SplitMix64's finalizer is a bijection):
/// <https://prng.di.unimi.it/splitmix64.c>.
fn scatter(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
