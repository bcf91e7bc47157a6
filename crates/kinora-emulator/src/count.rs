//! How often the service was asked for what, by whom, and under which intent.

use kinora::wire::route::Route;
use kinora::{Object, Value};

use crate::token::Account;

/// How often the service was asked, since it began or was restored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// By what was asked for.
    pub calls: Calls,
    /// By account, in the order of the scenario's tokens; a token that is not accepted is in none.
    pub accounts: Vec<Calls>,
    /// By the intent that was named, in the order of their first submit.
    pub intents: Vec<(String, Intent)>,
}

/// How often each call was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// Start a job.
    pub submit: u64,
    /// Where does it stand?
    pub status: u64,
    /// What did it make?
    pub result: u64,
    /// Stop it.
    pub cancel: u64,
    /// Anything of the catalogue.
    pub catalog: u64,
    /// What the service does not know.
    pub other: u64,
}

/// What became of an intent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Intent {
    /// How often it was submitted.
    pub submitted: u64,
    /// How many jobs were accepted for it.
    pub accepted: u64,
}

impl Calls {
    /// By name, in the order of a job's life.
    pub const fn named(&self) -> [(&'static str, u64); 6] {
        [
            ("submit", self.submit),
            ("status", self.status),
            ("result", self.result),
            ("cancel", self.cancel),
            ("catalog", self.catalog),
            ("other", self.other),
        ]
    }

    fn to_value(self) -> Value {
        let named = self.named().into_iter();
        Value::Object(named.map(|(name, count)| (name, whole(count))).collect())
    }

    fn count(&mut self, route: Option<&Route>) {
        let call = match route {
            Some(Route::Submit(_)) => &mut self.submit,
            Some(Route::Status(_)) => &mut self.status,
            Some(Route::Result(_)) => &mut self.result,
            Some(Route::Cancel(_)) => &mut self.cancel,
            Some(Route::Models(_) | Route::Categories | Route::Model(_)) => &mut self.catalog,
            None => &mut self.other,
        };
        *call += 1;
    }
}

impl Intent {
    fn to_value(self) -> Value {
        let told = Object::new().with("submitted", whole(self.submitted));
        Value::Object(told.with("accepted", whole(self.accepted)))
    }
}

impl Counts {
    /// The counts as JSON: `calls`, `accounts` in the order of the tokens, which are not told, and
    /// `intents` by name, with how often each was `submitted` and `accepted`.
    pub fn to_object(&self) -> Object {
        let accounts = self.accounts.iter().copied().map(Calls::to_value);
        let intents = self.intents.iter();
        let intents = intents.map(|(name, intent)| (name.as_str(), intent.to_value()));
        Object::new()
            .with("calls", self.calls.to_value())
            .with("accounts", Value::List(accounts.collect()))
            .with("intents", intents.collect::<Object>())
    }

    /// What became of an intent, if it was named.
    pub fn of_intent(&self, intent: &str) -> Option<Intent> {
        let (_, found) = self.intents.iter().find(|(name, _)| name == intent)?;
        Some(*found)
    }

    pub(crate) fn asked(
        &mut self,
        route: Option<&Route>,
        account: Option<Account>,
        intent: Option<&str>,
    ) {
        self.calls.count(route);
        if let Some(Account(place)) = account {
            if self.accounts.len() <= place {
                self.accounts.resize(place + 1, Calls::default());
            }
            self.accounts[place].count(route);
        }
        if let (Some(Route::Submit(_)), Some(intent)) = (route, intent) {
            self.intent_mut(intent).submitted += 1;
        }
    }

    pub(crate) fn accepted(&mut self, intent: &str) {
        self.intent_mut(intent).accepted += 1;
    }

    fn intent_mut(&mut self, intent: &str) -> &mut Intent {
        let known = self.intents.iter().rposition(|(name, _)| name == intent);
        let place = known.unwrap_or_else(|| {
            self.intents.push((intent.to_owned(), Intent::default()));
            self.intents.len() - 1
        });
        &mut self.intents[place].1
    }
}

fn whole(number: u64) -> Value {
    Value::Int(i64::try_from(number).unwrap_or(i64::MAX))
}
