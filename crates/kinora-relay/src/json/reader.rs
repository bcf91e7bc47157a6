//! The grammar of JSON, one function for each of its rules.

use super::{JsonProblem, Member, unescape};

/// Reads a text from its start to its end.
pub(super) struct Reader<'text, 'watch> {
    text: &'text str,
    at: usize,
    depth: usize,
    members: Vec<Member>,
    watch: &'watch mut dyn FnMut(&str),
}

impl<'text, 'watch> Reader<'text, 'watch> {
    pub(super) fn new(text: &'text str, depth: usize, watch: &'watch mut dyn FnMut(&str)) -> Self {
        Self {
            text,
            at: 0,
            depth,
            members: Vec::new(),
            watch,
        }
    }

    /// The members of the object that the text is, if it is one.
    pub(super) fn read(mut self) -> Result<Option<Vec<Member>>, JsonProblem> {
        self.space();
        let is_object = self.peek() == Some(b'{');
        self.value(0)?;
        self.space();
        if self.at < self.text.len() {
            return Err(JsonProblem::NotJson);
        }
        Ok(is_object.then_some(self.members))
    }

    fn value(&mut self, depth: usize) -> Result<(), JsonProblem> {
        match self.peek().ok_or(JsonProblem::NotJson)? {
            b'{' => self.object(depth + 1),
            b'[' => self.list(depth + 1),
            b'"' => self.string().map(drop),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => self.number(),
        }
    }

    fn object(&mut self, depth: usize) -> Result<(), JsonProblem> {
        self.open(depth)?;
        if self.takes(b'}') {
            return Ok(());
        }
        loop {
            self.space();
            let key = self.string()?;
            self.space();
            self.must(b':')?;
            self.space();
            let start = self.at;
            self.value(depth)?;
            if depth == 1 {
                let value = start..self.at;
                self.members.push(Member { key, value });
            }
            self.space();
            if self.takes(b'}') {
                return Ok(());
            }
            self.must(b',')?;
        }
    }

    fn list(&mut self, depth: usize) -> Result<(), JsonProblem> {
        self.open(depth)?;
        if self.takes(b']') {
            return Ok(());
        }
        loop {
            self.space();
            self.value(depth)?;
            self.space();
            if self.takes(b']') {
                return Ok(());
            }
            self.must(b',')?;
        }
    }

    fn open(&mut self, depth: usize) -> Result<(), JsonProblem> {
        if depth > self.depth {
            return Err(JsonProblem::TooDeep);
        }
        self.at += 1;
        self.space();
        Ok(())
    }

    fn string(&mut self) -> Result<String, JsonProblem> {
        let start = self.at;
        self.must(b'"')?;
        loop {
            match self.peek().ok_or(JsonProblem::NotJson)? {
                b'"' => break,
                b'\\' => self.escape()?,
                0..=0x1f => return Err(JsonProblem::NotJson),
                _ => self.at += 1,
            }
        }
        self.at += 1;
        let quoted = self.text.get(start..self.at);
        let plain = quoted.and_then(unescape).ok_or(JsonProblem::NotJson)?;
        (self.watch)(&plain);
        Ok(plain)
    }

    fn escape(&mut self) -> Result<(), JsonProblem> {
        self.at += 1;
        match self.peek() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
            Some(b'u') => {
                self.at += 1;
                for _ in 0..4 {
                    let is_hex = self.peek().is_some_and(|byte| byte.is_ascii_hexdigit());
                    if !is_hex {
                        return Err(JsonProblem::NotJson);
                    }
                    self.at += 1;
                }
            }
            Some(_) | None => return Err(JsonProblem::NotJson),
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), JsonProblem> {
        self.takes(b'-');
        if !self.takes(b'0') {
            self.digits()?;
        }
        if self.takes(b'.') {
            self.digits()?;
        }
        if self.takes(b'e') || self.takes(b'E') {
            if !self.takes(b'+') {
                self.takes(b'-');
            }
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), JsonProblem> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start {
            return Err(JsonProblem::NotJson);
        }
        Ok(())
    }

    fn word(&mut self, word: &str) -> Result<(), JsonProblem> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if !rest.starts_with(word) {
            return Err(JsonProblem::NotJson);
        }
        self.at += word.len();
        Ok(())
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn must(&mut self, byte: u8) -> Result<(), JsonProblem> {
        if self.takes(byte) {
            Ok(())
        } else {
            Err(JsonProblem::NotJson)
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}
