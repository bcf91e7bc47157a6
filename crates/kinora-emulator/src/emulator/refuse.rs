//! How the service refuses, as its scenario says.

use kinora::wire::{answer, code, key};
use kinora::{HttpResponse, Object, Value};

use super::Emulator;
use crate::fault::gateway;
use crate::{AuthRefusal, BalanceRefusal, ErrorStatus};

impl Emulator {
    pub(super) fn not_you(&self) -> HttpResponse {
        match self.scenario.auth_refusal {
            AuthRefusal::Numbered => {
                self.numbered(400, code::BAD_ACCOUNT, "User account error: invalid token.")
            }
            AuthRefusal::Unauthorized => gateway(401, "Unauthorized"),
            AuthRefusal::Forbidden => gateway(403, "Forbidden"),
        }
    }

    pub(super) fn no_balance(&self) -> HttpResponse {
        match self.scenario.balance_refusal {
            BalanceRefusal::Numbered => {
                let words = "Insufficient resources: no balance.";
                self.numbered(400, code::NO_BALANCE, words)
            }
            BalanceRefusal::PaymentRequired => gateway(402, "Payment Required"),
        }
    }

    pub(super) fn not_found(&self) -> HttpResponse {
        self.numbered(404, code::NOT_FOUND, "Resource not found.")
    }

    pub(super) fn violation(&self, wrong: Vec<String>) -> HttpResponse {
        let words = wrong.join(" ");
        let detail = wrong.into_iter().map(Value::from).collect();
        let body = Object::new()
            .with(key::ERROR_MESSAGE, words)
            .with(key::DETAIL, Value::List(detail));
        HttpResponse::json(self.scenario.violation.status(), body)
    }

    pub(super) fn numbered(&self, status: u16, code: i64, words: &str) -> HttpResponse {
        let status = match self.scenario.error_status {
            ErrorStatus::Own => status,
            ErrorStatus::Success => 200,
        };
        HttpResponse::json(status, answer::error(code, words))
    }
}
