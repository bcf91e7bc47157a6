//! Records as files: one for each intent, in a folder of its own.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use kinora::{IntentId, Record, RecordProblem, StoreError, Value};

/// A folder of records. What is written is the format of [`Record::to_value`], as JSON.
#[derive(Clone, Debug)]
pub struct Records {
    folder: PathBuf,
}

impl Records {
    /// The records of a folder, which is made when it is missing.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(folder: impl Into<PathBuf>) -> io::Result<Self> {
        let folder = folder.into();
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// Keeps a record in place of an older one of its intent. Once it returns, the record is on
    /// the disk; until then the older one is.
    ///
    /// # Errors
    /// When the file cannot be written, in the system's words.
    pub fn put(&self, record: &Record) -> Result<(), StoreError> {
        self.write(record).map_err(|error| StoreError {
            words: error.to_string(),
        })
    }

    /// The record of an intent, if there is one.
    ///
    /// # Errors
    /// When its file cannot be read.
    pub fn get(&self, intent: &IntentId) -> Result<Option<Record>, RecordsProblem> {
        match fs::read(self.path(intent)) {
            Ok(bytes) => read(&bytes).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(RecordsProblem::Io(error)),
        }
    }

    /// All records, the oldest wish first.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn all(&self) -> io::Result<Found> {
        let (mut records, mut problems) = (Vec::new(), Vec::new());
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if !is_record(&path) {
                continue;
            }
            let bytes = fs::read(&path).map_err(RecordsProblem::Io);
            match bytes.and_then(|bytes| read(&bytes)) {
                Ok(record) => records.push(record),
                Err(problem) => problems.push((path, problem)),
            }
        }
        records.sort_by_key(|record| record.created_at);
        Ok(Found { records, problems })
    }

    /// Forgets the record of an intent; one that is not there is forgotten already.
    ///
    /// # Errors
    /// When its file cannot be removed.
    pub fn remove(&self, intent: &IntentId) -> io::Result<()> {
        match fs::remove_file(self.path(intent)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    fn path(&self, intent: &IntentId) -> PathBuf {
        self.folder.join(format!("{PREFIX}{intent}{SUFFIX}"))
    }

    fn write(&self, record: &Record) -> io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        serde_json::to_writer_pretty(&mut file, &record.to_value())?;
        file.write_all(b"\n")?;
        file.as_file().sync_all()?;
        file.persist(self.path(&record.intent))?;
        // Not every system lets a folder be synced; the file itself is.
        let _ = File::open(&self.folder).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

/// What a folder of records holds.
#[derive(Debug, Default)]
pub struct Found {
    /// The records that can be read, the oldest wish first.
    pub records: Vec<Record>,
    /// The files that cannot, and why.
    pub problems: Vec<(PathBuf, RecordsProblem)>,
}

/// Why a stored record cannot be had.
#[derive(Debug)]
pub enum RecordsProblem {
    /// The system refused.
    Io(io::Error),
    /// The file holds no JSON.
    Json(serde_json::Error),
    /// It holds no record that this Kinora reads.
    Record(RecordProblem),
}

impl fmt::Display for RecordsProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(formatter, "A stored job could not be read: {error}."),
            Self::Json(error) => write!(
                formatter,
                "A stored job is damaged ({error}). Move its file away to go on without it."
            ),
            Self::Record(problem) => problem.fmt(formatter),
        }
    }
}

impl std::error::Error for RecordsProblem {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            Self::Json(error) => Some(error),
            Self::Record(problem) => Some(problem),
        }
    }
}

fn read(bytes: &[u8]) -> Result<Record, RecordsProblem> {
    let value: Value = serde_json::from_slice(bytes).map_err(RecordsProblem::Json)?;
    Record::from_value(&value).map_err(RecordsProblem::Record)
}

fn is_record(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX))
}

/// Before an intent's id in a file's name, so that no id makes a name that a system reserves.
const PREFIX: &str = "job-";
const SUFFIX: &str = ".json";

#[cfg(test)]
mod tests {
    use kinora::{BaseUrl, Connection, HostKind, ModelId, Object, Stage, WallTime};

    use super::*;

    fn record(number: u64) -> Record {
        let base = BaseUrl::parse("http://127.0.0.1:8787").expect("a base");
        Record {
            intent: IntentId::mint(u128::from(number)),
            model: ModelId::WAN_2_2.clone(),
            connection: Connection::new(base, HostKind::Kinora),
            input: Object::new().with("prompt", "fog").with("seed", 7),
            created_at: WallTime::from_unix_millis(1000 - number),
            stage: Stage::Sending,
        }
    }

    #[test]
    fn a_record_replaces_the_older_one_of_its_intent() {
        let folder = tempfile::tempdir().expect("a folder");
        let records = Records::open(folder.path().join("jobs")).expect("it is made");
        let first = record(1);
        let second = Record {
            stage: Stage::Uncertain,
            ..record(1)
        };
        for kept in [&first, &second] {
            records.put(kept).expect("it is kept");
            assert_eq!(
                records.get(&kept.intent).expect("it is read").as_ref(),
                Some(kept)
            );
        }
        let found = records.all().expect("a folder");
        assert_eq!((found.records, found.problems.len()), (vec![second], 0));
        let files = fs::read_dir(folder.path().join("jobs")).expect("a folder");
        assert_eq!(files.count(), 1, "nothing is left lying about");
    }

    #[test]
    fn the_oldest_wish_comes_first_and_a_damaged_file_beside() {
        let folder = tempfile::tempdir().expect("a folder");
        let records = Records::open(folder.path()).expect("a folder");
        for number in [1, 2] {
            records.put(&record(number)).expect("it is kept");
        }
        fs::write(folder.path().join("job-x.json"), "{\"version\":").expect("a file");
        fs::write(folder.path().join("job-y.json"), "{\"version\":99}").expect("a file");
        fs::write(folder.path().join("notes.txt"), "not ours").expect("a file");
        let found = records.all().expect("a folder");
        assert_eq!(found.records, [record(2), record(1)]);
        let mut problems = found.problems;
        problems.sort_by(|one, other| one.0.cmp(&other.0));
        assert!(matches!(
            problems.as_slice(),
            [
                (_, RecordsProblem::Json(_)),
                (_, RecordsProblem::Record(RecordProblem::Newer))
            ]
        ));
    }

    #[test]
    fn what_was_removed_is_gone_and_stays_so() {
        let folder = tempfile::tempdir().expect("a folder");
        let records = Records::open(folder.path()).expect("a folder");
        records.put(&record(1)).expect("it is kept");
        for _ in 0..2 {
            records.remove(&record(1).intent).expect("it goes");
            assert_eq!(records.get(&record(1).intent).expect("a look"), None);
        }
    }

    #[test]
    fn a_record_that_cannot_be_kept_says_why() {
        let folder = tempfile::tempdir().expect("a folder");
        let records = Records::open(folder.path().join("jobs")).expect("a folder");
        fs::remove_dir(folder.path().join("jobs")).expect("it goes");
        let error = records.put(&record(1)).expect_err("there is no folder");
        assert!(error.words.len() > 5, "{error:?}");
    }
}
