//! Showing and saving the video of a job that went well.

use core::time::Duration;

use kinora::{Media, Record};
use kinora_browser::file::{self, FileUrl};
use kinora_browser::sleep;
use kinora_demo::media as demo_media;
use leptos::task::spawn_local;

use super::host::is_demo;
use super::keep::files;
use super::media::{address, file_name, passed_on, video};
use super::{Asked, ResultView, Session};

impl Session {
    /// Saves the video to the person's device, when it can be read.
    pub(crate) fn save(self) {
        let Some(result) = self.stage.result.get_untracked() else {
            return;
        };
        if result.is_here {
            return file::save(&result.url, &result.file_name);
        }
        if self.stage.saving.get_untracked() || !result.readable {
            return;
        }
        self.stage.is_saving(true);
        spawn_local(async move {
            let blob = file::fetch(&result.url).await;
            let url = blob.and_then(|blob| FileUrl::new(&blob).ok());
            self.stage.is_saving(false);
            match url {
                Some(url) => {
                    file::save(url.as_str(), &result.file_name);
                    // The address must outlive the saving, whose end is not told.
                    sleep(SAVING).await;
                }
                None => self.media_failed(),
            }
        });
    }

    /// The player could not show the video. Where its host keeps it from pages, the relay that the
    /// job was sent to may pass it on; without that it is shown, but cannot be read.
    pub(crate) fn media_failed(self) {
        let Some(result) = self.stage.result.get_untracked() else {
            return;
        };
        if result.is_here || !result.readable {
            return self.stage.media_failed();
        }
        self.with_record(move |record| {
            spawn_local(async move {
                let file = self.passed_on(&record).await;
                // Meanwhile another job may have come on stage.
                if self.stage.result.get_untracked().as_ref() != Some(&result) {
                    return;
                }
                let Some(file) = file else {
                    return self.stage.media_failed();
                };
                let url = file.as_str().to_owned();
                let here = ResultView {
                    url,
                    is_here: true,
                    ..result
                };
                self.stage.show(Some(here), Some(file));
            });
        });
    }

    async fn passed_on(self, record: &Record) -> Option<FileUrl> {
        let url = passed_on(video(files(record))?, &record.connection)?;
        let token = self.service.tokens.of(record.connection.base()).await;
        FileUrl::new(&file::fetch_with(&url, token.as_ref()).await?).ok()
    }

    /// Shows the video of a record, if it has one.
    pub(super) async fn show_ended(self, record: &Record) {
        let files = files(record);
        if files.is_empty() {
            return;
        }
        let shown = match video(files) {
            Some(media) => self.show_video(record, media).await,
            None => None,
        };
        if shown.is_none() {
            self.stage.change(super::JobView::nothing_to_show);
        }
    }

    async fn show_video(self, record: &Record, media: &Media) -> Option<()> {
        let is_demo = is_demo(&record.connection);
        let file = if is_demo {
            Some(self.demo_file(&media.url).await?)
        } else {
            None
        };
        let url = match &file {
            Some(file) => file.as_str().to_owned(),
            None => address(media, &record.connection)?,
        };
        let title = Asked::of(&record.input);
        let id = record.ticket().map_or("", |ticket| ticket.id.as_str());
        let result = ResultView {
            url,
            file_name: file_name(title.title(), id, &media.url),
            readable: true,
            broken: false,
            is_here: is_demo,
        };
        self.stage.show(Some(result), file);
        Some(())
    }

    async fn demo_file(self, url: &str) -> Option<FileUrl> {
        let store = self.kept.opened().await;
        FileUrl::new(&demo_media(&store, url).await?).ok()
    }
}

const SAVING: Duration = Duration::from_secs(60);
