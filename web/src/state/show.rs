//! Showing and saving the video of a job that went well.

use core::time::Duration;

use kinora::{Media, Record};
use kinora_browser::file::{self, FileUrl};
use kinora_browser::sleep;
use kinora_demo::media as demo_media;
use leptos::task::spawn_local;

use super::host::is_demo;
use super::keep::files;
use super::media::{address, file_name, video};
use super::{Asked, ResultView, Session};

impl Session {
    /// Saves the video to the person's device, when it can be read.
    pub(crate) fn save(self) {
        let Some(result) = self.stage.result.get_untracked() else {
            return;
        };
        if result.is_demo {
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
                None => self.stage.media_failed(),
            }
        });
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
            is_demo,
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
