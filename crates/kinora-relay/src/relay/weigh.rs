//! A request, judged by its start.

use kinora::wire::header;
use kinora::{IntentId, WallTime};

use super::{Admitted, Relay, refused};
use crate::answer::{Dress, Reply};
use crate::call::{self, Call};
use crate::{Incoming, Reason, cors};

impl Relay {
    pub(super) fn weigh(
        &mut self,
        incoming: &Incoming<'_>,
        dress: &mut Dress,
        now: WallTime,
    ) -> Result<Admitted, Reply> {
        dress.origin = self.origin(incoming, dress).map_err(Reply::refusal)?;
        if incoming.method == "OPTIONS" {
            return Err(match dress.origin {
                Some(_) => cors::preflight(incoming),
                None => Reply::refusal(Reason::WrongMethod),
            });
        }
        let counted = self.ledger.ask(incoming.caller, self.policy.budgets, now);
        counted.map_err(refused)?;
        let called = Call::recognise(incoming.method, incoming.target);
        let call = called.map_err(|reason| match reason {
            Reason::WrongMethod => Reply::refusal(reason).with("allow", "GET, POST, OPTIONS"),
            _ => Reply::refusal(reason),
        })?;
        dress.call = call.name();
        dress.is_submit = call.is_submit();
        let authorization = incoming.header(header::AUTHORIZATION);
        let account = self.policy.callers.account(authorization);
        if call == Call::Greeting {
            return Err(self.greeting(account.is_some()));
        }
        let account = account.ok_or_else(|| Reply::refusal(Reason::CallerNotAllowed))?;
        self.about(incoming, call, account, dress)
            .map_err(Reply::refusal)
    }

    /// What this relay is to a caller, and no more than any call would tell it. It is no refusal:
    /// browsers write those into a page's console, however well the page takes them.
    fn greeting(&self, is_caller: bool) -> Reply {
        let reason = match (is_caller, &self.policy.outputs) {
            (false, _) => Reason::CallerNotAllowed,
            (true, None) => Reason::OutputsOff,
            (true, Some(_)) => Reason::Passed,
        };
        Reply::words(Reason::Passed.status(), reason)
    }

    fn about(
        &self,
        incoming: &Incoming<'_>,
        call: Call,
        account: usize,
        dress: &mut Dress,
    ) -> Result<Admitted, Reason> {
        if let Some(model) = call.model() {
            if !self.policy.allows_model(model) {
                return Err(Reason::ModelNotAllowed);
            }
            dress.model = Some(model.to_string());
        }
        let address = match &call {
            Call::Output(query) => Some(self.output(query, dress)?),
            Call::Service(_) | Call::Greeting => None,
        };
        let path = call.path(incoming.query(), self.policy.include_cost)?;
        // An id comes back in answers.
        if dress.leaks(&path) {
            return Err(Reason::BadId);
        }
        let body_bytes = if call.is_submit() {
            self.policy.limits.body_bytes
        } else {
            IGNORED_BODY_BYTES
        };
        announced(incoming, &call, body_bytes)?;
        Ok(Admitted {
            intent: intent(incoming, &call)?,
            path,
            address,
            range: range(incoming),
            caller: incoming.caller.to_owned(),
            account,
            body_bytes,
            dress: dress.clone(),
            call,
        })
    }

    /// The origin that may read the answer. A page of an origin that is not listed is refused
    /// before anything is done for it.
    fn origin(&self, incoming: &Incoming<'_>, dress: &Dress) -> Result<Option<String>, Reason> {
        if !incoming.has("origin") {
            return Ok(None);
        }
        let listed = incoming
            .header("origin")
            .filter(|origin| self.policy.allows_origin(origin) && !dress.leaks(origin));
        listed
            .map(|origin| Some(origin.to_owned()))
            .ok_or(Reason::OriginNotAllowed)
    }

    fn output(&self, query: &str, dress: &Dress) -> Result<String, Reason> {
        let hosts = self.policy.outputs.as_ref().ok_or(Reason::OutputsOff)?;
        let address = call::output_address(query)?;
        if !hosts.allow(&address) || dress.leaks(&address) {
            return Err(Reason::OutputNotAllowed);
        }
        Ok(address)
    }
}

fn announced(incoming: &Incoming<'_>, call: &Call, body_bytes: usize) -> Result<(), Reason> {
    let length = incoming.header("content-length");
    let length = length.and_then(|text| text.parse::<usize>().ok());
    if length.is_some_and(|length| length > body_bytes) {
        return Err(Reason::BodyTooLarge);
    }
    if !call.is_submit() {
        return Ok(());
    }
    let kind = incoming.header(header::CONTENT_TYPE).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if kind.eq_ignore_ascii_case(header::JSON) {
        Ok(())
    } else {
        Err(Reason::NotAnnouncedAsJson)
    }
}

fn intent(incoming: &Incoming<'_>, call: &Call) -> Result<Option<IntentId>, Reason> {
    if !call.is_submit() || !incoming.has(header::INTENT) {
        return Ok(None);
    }
    let text = incoming.header(header::INTENT).unwrap_or_default();
    let intent = IntentId::parse(text);
    intent.map(Some).map_err(|_| Reason::BadIntent)
}

/// One part of a file; whoever asks for several gets it whole.
fn range(incoming: &Incoming<'_>) -> Option<String> {
    let text = incoming.header("range")?;
    let (start, end) = text.strip_prefix("bytes=")?.split_once('-')?;
    let is_number = |text: &str| text.len() <= 15 && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(start) && is_number(end) && text.len() > "bytes=-".len()).then(|| text.to_owned())
}

/// Calls without a body may come with a small one, such as `{}`; it is not passed on.
const IGNORED_BODY_BYTES: usize = 1024;
