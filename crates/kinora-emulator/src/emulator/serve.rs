//! What each call does and is answered, when nothing goes wrong on purpose.

use kinora::wire::route::Route;
use kinora::wire::{answer, code, header, key};
use kinora::{
    Connection, Draft, Facts, HostKind, HttpRequest, HttpResponse, IntentId, ModelId, Object,
    Request, RequestId, ServiceState, Status, Value,
};

use super::{Emulator, Promise};
use crate::fault::gateway;
use crate::job::{Job, State};
use crate::token::Account;
use crate::{AuthRefusal, NotReady};

impl Emulator {
    pub(super) fn serve(&mut self, route: Option<Route>, request: &HttpRequest) -> HttpResponse {
        let authorization = request.header(header::AUTHORIZATION);
        let Some(account) = self.scenario.tokens.account(authorization) else {
            return self.not_you();
        };
        let answered = match route {
            Some(Route::Submit(model)) => self.submit(&model, request, account),
            Some(Route::Status(id)) => self.job(&id, account).map(|job| self.status(job)),
            Some(Route::Result(id)) => self.job(&id, account).map(|job| self.result(job)),
            Some(Route::Cancel(id)) => self.cancel(&id, account),
            Some(Route::Models(query)) => self.models(&query),
            Some(Route::Categories) => Ok(self.categories()),
            Some(Route::Model(model)) => self.model(&model),
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
        if self
            .scenario
            .balance
            .is_some_and(|jobs| self.accepted >= u64::from(jobs))
        {
            return Err(numbered(
                400,
                code::NO_BALANCE,
                "Insufficient resources: no balance.",
            ));
        }
        let id = self.accept(&checked, account)?;
        if let Some(intent) = intent {
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
        let Some(spec) = self.scenario.models.iter().find(|spec| spec.id() == model) else {
            let words = "Invalid resource identifier: there is no such model.";
            return Err(numbered(400, code::UNKNOWN_MODEL, words));
        };
        let Some(input) = input else {
            return Err(self.violation(vec!["The body must be a JSON object.".to_owned()]));
        };
        let here = Connection::new(self.base.clone(), HostKind::Kinora);
        let checked = Draft::new(input.clone()).check(spec, &Facts::new(here.reach()));
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
        self.accepted += 1;
        self.line.jobs.push(Job {
            id: id.clone(),
            model: checked.model().clone(),
            input: checked.input().clone(),
            account,
            accepted_at: self.clock.time,
            state: State::Queued,
        });
        Ok(id)
    }

    fn submitted(&self, id: &RequestId) -> HttpResponse {
        HttpResponse::json(200, answer::submitted(&self.base, id))
    }

    fn status(&self, job: &Job) -> HttpResponse {
        let queue_position = self.line.position(job, self.clock.time, &self.scenario);
        let status = Status {
            state: job.service_state(),
            queue_position,
        };
        HttpResponse::json(200, answer::status(&self.base, &job.id, &status))
    }

    fn result(&self, job: &Job) -> HttpResponse {
        match (&job.state, self.scenario.not_ready) {
            (State::Ended { answer, .. }, _) => HttpResponse::json(200, answer.clone()),
            (State::Queued | State::Running { .. }, NotReady::State) => {
                HttpResponse::json(200, answer::no_result(&job.id, &job.service_state()))
            }
            (State::Queued | State::Running { .. }, NotReady::Error) => {
                numbered(400, code::NOT_READY, "The result is not ready.")
            }
        }
    }

    /// Takes a job out of the queue. What runs or is over stays as it is, and that is no error.
    fn cancel(&mut self, id: &RequestId, account: Account) -> Result<HttpResponse, HttpResponse> {
        let job = self.job(id, account)?;
        let cancellable = job.is_queued();
        let told = if cancellable {
            ServiceState::Completed
        } else {
            job.service_state()
        };
        let at = self.clock.time;
        if cancellable && let Some(job) = self.line.job_mut(id) {
            let state = ServiceState::Cancelled;
            job.state = State::Ended {
                at,
                answer: answer::no_result(id, &state),
                state,
            };
        }
        Ok(HttpResponse::json(
            202,
            answer::cancelled(id, &told, cancellable),
        ))
    }

    fn job(&self, id: &RequestId, account: Account) -> Result<&Job, HttpResponse> {
        let Some(job) = self.line.job(id) else {
            return Err(numbered(404, code::NOT_FOUND, "Resource not found."));
        };
        if job.account != account {
            return Err(numbered(403, code::NOT_YOURS, "Permission denied."));
        }
        Ok(job)
    }

    fn not_you(&self) -> HttpResponse {
        match self.scenario.auth_refusal {
            AuthRefusal::Numbered => {
                numbered(400, code::BAD_ACCOUNT, "User account error: invalid token.")
            }
            AuthRefusal::Unauthorized => gateway(401, "Unauthorized"),
            AuthRefusal::Forbidden => gateway(403, "Forbidden"),
        }
    }

    pub(super) fn violation(&self, wrong: Vec<String>) -> HttpResponse {
        let words = wrong.join(" ");
        let detail = wrong.into_iter().map(Value::from).collect();
        let body = Object::new()
            .with(key::ERROR_MESSAGE, words)
            .with(key::DETAIL, Value::List(detail));
        HttpResponse::json(self.scenario.violation.status(), body)
    }
}

pub(super) fn numbered(status: u16, code: i64, words: &str) -> HttpResponse {
    HttpResponse::json(status, answer::error(code, words))
}

/// Spreads a seed over all 64 bits; no two seeds meet (SplitMix64's finalizer is a bijection):
/// <https://prng.di.unimi.it/splitmix64.c>.
fn scatter(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
