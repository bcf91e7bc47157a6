//! What a look at an image finds out.

use kinora::image::{ByteSize, ImageFacts, Look};
use kinora::{Reach, SourceUrl, Wan22};
use kinora_browser::Store;
use kinora_browser::look::{Depth, Looked, Looker, Source};
use web_sys::Blob;

use crate::support::work_here;

mod address;
mod file;
mod little;

/// What is read of a file at most, by the rules of wan 2.2.
fn most() -> ByteSize {
    Wan22::IMAGE_RULES.bytes_most()
}

/// A look by someone who has not seen anything before.
async fn look(source: Source, store: Store, depth: Depth) -> Looked {
    work_here();
    let looker = Looker::new(store);
    looker.look(&source, depth, most(), &|_| {}).await
}

async fn look_at(blob: &Blob) -> Looked {
    let source = Source::Blob(blob.clone());
    look(source, Store::in_memory(), Depth::Whole).await
}

async fn look_there(url: &str) -> Looked {
    look(at(url), Store::in_memory(), Depth::Whole).await
}

fn at(url: &str) -> Source {
    Source::Url(SourceUrl::parse(url, Reach::Page).unwrap())
}

fn found(looked: &Looked) -> &ImageFacts {
    match &looked.look {
        Look::Found(facts) => facts,
        other => panic!("{other:?}"),
    }
}

/// 2 × 2 white pixels of 24 bits.
fn bmp() -> Vec<u8> {
    let mut file = b"BM".to_vec();
    for field in [
        70_u32,
        0,
        54,
        40,
        2,
        2,
        0x0018_0001,
        0,
        16,
        2835,
        2835,
        0,
        0,
    ] {
        file.extend(field.to_le_bytes());
    }
    file.extend([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0].repeat(2));
    file
}
