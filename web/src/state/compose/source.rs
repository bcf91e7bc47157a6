//! The image's source: an address, a bundled still, or a file that is picked, dropped or pasted.

use kinora::{Reach, SourceUrl};
use kinora_browser::Folders;
use leptos::task::spawn_local;
use web_sys::DataTransfer;

use super::Compose;
use crate::state::{STILLS, Still, Watched};

impl Compose {
    /// What the address field shows: nothing for a file.
    pub(crate) fn shown_source(self) -> Watched<String> {
        Watched::of(move || {
            let source = self.source.get();
            if SourceUrl::is_page_file(&source) {
                String::new()
            } else {
                source
            }
        })
    }

    /// The name of the picked, dropped or pasted file, when the image is one.
    pub(crate) fn file_name(self) -> Watched<Option<String>> {
        Watched::of(move || {
            let name = self.fields.file_name.get();
            name.filter(|_| SourceUrl::is_page_file(&self.source.read()))
        })
    }

    /// The bundled still that is the image now, by its place in [`STILLS`].
    pub(crate) fn chosen_still(self) -> Watched<Option<usize>> {
        Watched::of(move || Still::at(&self.source.read()))
    }

    /// Takes a bundled still, with its prompt when none of the person's own was written.
    pub(crate) fn choose_still(self, index: usize) {
        let Some(still) = STILLS.get(index) else {
            return;
        };
        let is_ours = |prompt: &str| STILLS.iter().any(|still| still.prompt == prompt);
        let prompt = self.prompt.get_untracked();
        if prompt.trim().is_empty() || is_ours(&prompt) {
            self.prompt.set(still.prompt.to_owned());
        }
        self.source.set(absolute(still.file));
    }

    /// Takes a picked, dropped or pasted file. It is kept, so that a reload does not lose it.
    pub(crate) fn pick_file(self, file: web_sys::File) {
        self.not_taken.set(None);
        spawn_local(async move {
            match self.kept.keep_picture(&file).await {
                Ok(id) => {
                    self.fields.file_name.set(Some(file.name()));
                    self.source.set([SourceUrl::PAGE_SCHEME, ":", &id].concat());
                }
                Err(error) => self.not_taken.set(Some(error.to_string())),
            }
        });
    }

    /// Takes picked or dropped files: one for the form, many to be checked.
    pub(crate) fn take_files(self, mut files: Vec<web_sys::File>) {
        if files.len() > 1 {
            self.batch.check_files(files);
        } else if let Some(file) = files.pop() {
            self.pick_file(file);
        }
    }

    /// Takes what was dropped: files, or folders with images that are checked together.
    pub(crate) fn take_dropped(self, data: &DataTransfer, files: Vec<web_sys::File>) {
        match Folders::among(data) {
            Some(folders) => self.batch.check_folders(folders),
            None => self.take_files(files),
        }
    }

    /// Who fetches the images.
    pub(crate) fn reach(self) -> Reach {
        self.reach.get_untracked()
    }

    /// Removes the image.
    pub(crate) fn remove_image(self) {
        self.source.set(String::new());
    }

    /// Takes the address that a notice offers.
    pub(crate) fn take_offer(self, offer: String) {
        self.source.set(offer);
    }
}

/// The whole address of a file that belongs to the page.
pub(in crate::state) fn absolute(path: &str) -> String {
    let document = web_sys::window().and_then(|window| window.document());
    let base = document.and_then(|document| document.base_uri().ok().flatten());
    let base = base.unwrap_or_default();
    let end = base.find(['?', '#']).unwrap_or(base.len());
    let folder = base[..end].rfind('/').map_or("", |slash| &base[..=slash]);
    [folder, path].concat()
}
