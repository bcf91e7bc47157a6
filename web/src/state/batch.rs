//! Many images, checked one after the other.

use core::cell::{Cell, RefCell};
use core::future::Future;
use core::time::Duration;
use std::sync::Arc;

use futures_util::future::{AbortHandle, abortable};
use kinora::image::{self, ImageFormat, Look};
use kinora::{Reach, SourceUrl};
use kinora_browser::file::FileUrl;
use kinora_browser::look::{Looker, Source, look_at_many};
use kinora_browser::{Folders, now};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::form::image_rules;
use super::image::ImageLook;
use super::keep::Kept;
use super::{Compose, Verdict, Watched};

/// The images that are checked together.
#[derive(Clone, Copy)]
pub(crate) struct Batch {
    /// Every image, in the order in which it was given.
    pub(crate) images: Watched<Vec<Image>>,
    /// How many files were left out, as they are no images.
    pub(crate) left_out: Watched<usize>,
    /// Whether some are still to be looked at.
    pub(crate) is_running: Watched<bool>,
    sources: StoredValue<Vec<Given>, LocalStorage>,
    under_way: StoredValue<Option<AbortHandle>, LocalStorage>,
    looker: ImageLook,
    kept: Kept,
}

/// One of many images.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Image {
    /// Its file name or address.
    pub(crate) name: String,
    /// How its worst rule came out; nothing before it was looked at.
    pub(crate) verdict: Option<Verdict>,
    /// What was found, or what stands against it.
    pub(crate) words: String,
    /// The image made small, where its file is here.
    pub(crate) thumbnail: Option<Arc<FileUrl>>,
}

/// Where an image is, once its address or file is known to be one.
#[derive(Clone)]
enum Given {
    Address(SourceUrl),
    File(web_sys::File),
}

impl Batch {
    pub(super) fn new(looker: ImageLook, kept: Kept) -> Self {
        Self {
            images: Watched::new(Vec::new()),
            left_out: Watched::new(0),
            is_running: Watched::new(false),
            sources: StoredValue::new_local(Vec::new()),
            under_way: StoredValue::new_local(None),
            looker,
            kept,
        }
    }

    /// How many were looked at, of how many.
    pub(crate) fn progress(self) -> Watched<(usize, usize)> {
        Watched::of(move || {
            let images = self.images.read();
            let done = images.iter().filter(|image| image.verdict.is_some());
            (done.count(), images.len())
        })
    }

    /// Checks files, of which only images are taken.
    pub(crate) fn check_files(self, files: Vec<web_sys::File>) {
        let all = files.len();
        let images = files.into_iter().filter(is_image);
        let given: Vec<_> = images
            .map(|file| (file.name(), Ok(Given::File(file))))
            .collect();
        let left_out = all - given.len();
        self.check(given);
        self.left_out.set(left_out);
    }

    /// Checks the images in folders.
    pub(crate) fn check_folders(self, folders: Folders) {
        self.stop();
        self.images.set(Vec::new());
        self.left_out.set(0);
        self.run(async move {
            match folders.files().await {
                none if none.is_empty() => {
                    self.check(vec![("Folder".to_owned(), Err(NO_FILES.to_owned()))]);
                }
                files => self.check_files(files),
            }
        });
    }

    /// Checks addresses, one a line.
    pub(crate) fn check_addresses(self, lines: &str, reach: Reach) {
        let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
        let given = lines.map(|line| {
            let url = SourceUrl::parse(line, reach).map(Given::Address);
            (line.to_owned(), url.map_err(|problem| problem.to_string()))
        });
        self.check(given.collect());
    }

    /// Looks at nothing more. What was found stays.
    pub(crate) fn stop(self) {
        if let Some(handle) = self.under_way.try_update_value(Option::take).flatten() {
            handle.abort();
        }
        self.is_running.set(false);
    }

    /// Takes one of the images for the form.
    pub(crate) fn choose(self, place: usize, compose: Compose) {
        match self
            .sources
            .with_value(|sources| sources.get(place).cloned())
        {
            Some(Given::Address(url)) => compose.source.set(url.as_str().to_owned()),
            Some(Given::File(file)) => compose.pick_file(file),
            None => {}
        }
    }

    /// Whether one of the images can be taken for the form.
    pub(crate) fn can_choose(self, place: usize) -> bool {
        self.sources.with_value(|sources| place < sources.len())
    }

    fn check(self, given: Vec<(String, Result<Given, String>)>) {
        self.stop();
        self.left_out.set(0);
        let (good, bad): (Vec<_>, Vec<_>) = given.into_iter().partition(|(_, given)| given.is_ok());
        let (names, sources): (Vec<_>, Vec<_>) = good
            .into_iter()
            .filter_map(|(name, given)| Some((name, given.ok()?)))
            .unzip();
        let looked_at = names.into_iter().map(|name| Image {
            name,
            verdict: None,
            words: String::new(),
            thumbnail: None,
        });
        let refused = bad.into_iter().map(|(name, problem)| Image {
            name,
            verdict: Some(Verdict::Fail),
            words: problem.err().unwrap_or_default(),
            thumbnail: None,
        });
        self.images.set(looked_at.chain(refused).collect());
        let to_look_at = sources.iter().map(Given::source).collect();
        self.sources.set_value(sources);
        self.look(to_look_at);
    }

    fn look(self, sources: Vec<Source>) {
        self.run(async move {
            let looker = self.looker.looker(&self.kept.opened().await);
            self.look_at(&looker, &sources).await;
            self.is_running.set(false);
        });
    }

    /// Does what takes a while, until it is stopped.
    fn run(self, work: impl Future<Output = ()> + 'static) {
        let (work, handle) = abortable(work);
        self.under_way.set_value(Some(handle));
        self.is_running.set(true);
        spawn_local(async {
            // Aborted, it was stopped by the person, or replaced.
            let _ = work.await;
        });
    }

    async fn look_at(self, looker: &Looker, sources: &[Source]) {
        let images = RefCell::new(self.images.get_untracked());
        let shown = Cell::new(now().monotonic);
        let found = |place: usize, look: Look, thumbnail| {
            let mut images = images.borrow_mut();
            if let Some(image) = images.get_mut(place) {
                (image.verdict, image.words) = judged(&look);
                image.thumbnail = thumbnail;
            }
            // A long list is not drawn anew for every image in it.
            let now = now().monotonic;
            if images.len() < LONG || now.since(shown.get()) > A_MOMENT {
                shown.set(now);
                self.images.set(images.clone());
            }
        };
        look_at_many(looker, sources, image_rules().bytes_most(), &found).await;
        self.images.set(images.into_inner());
    }
}

impl Given {
    fn source(&self) -> Source {
        match self {
            Self::Address(url) => Source::Url(url.clone()),
            Self::File(file) => Source::Blob(file.clone().into()),
        }
    }
}

/// By its declared type, or by its name where the system knows no type, as of HEIC outside macOS.
fn is_image(file: &web_sys::File) -> bool {
    let declared = file.type_();
    declared.starts_with("image/")
        || declared.is_empty() && ImageFormat::of_name(&file.name()).is_some()
}

/// The worst verdict, with what stands against the image, or else with its size.
fn judged(look: &Look) -> (Option<Verdict>, String) {
    let checks = image::check(&image_rules(), look);
    for worst in [Verdict::Fail, Verdict::Borderline, Verdict::Unknown] {
        let mut found = checks.iter().filter(|check| check.verdict == worst);
        if let Some(check) = found.next() {
            return (Some(worst), check.advice.clone());
        }
    }
    let found: Vec<_> = checks.iter().map(|check| check.found.as_str()).collect();
    (Some(Verdict::Pass), found.join(", "))
}

const NO_FILES: &str = "No file in it can be read. Drop another folder, or pick its files.";
/// Images that are too many to draw them all for each.
const LONG: usize = 40;
/// How long such a list stays as it is.
const A_MOMENT: Duration = Duration::from_millis(200);
