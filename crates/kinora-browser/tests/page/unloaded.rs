//! The modules beside the page's own, where they do not load or break down: that is said, and the page
//! goes on.

use kinora::image::{CopyFormat, Fit, Look, LookProblem, Wish, fit};
use kinora::{Reach, SourceUrl, Wan22};
use kinora_browser::connect::{Finding, Place, forget, keep, recall, try_direct, try_relay};
use kinora_browser::look::{Depth, Looked, Looker, Source};
use kinora_browser::retouch::RetouchProblem;
use kinora_browser::{Store, Token};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, Url};

use crate::support::{Fakes, base, break_modules, paint, refuse_workers, work_here};

/// Everything that may be wrong with a module.
const BROKEN: [&str; 5] = ["missing", "refused", "hollow", "throwing", "strange"];

async fn look(looker: &Looker, source: &Source) -> Looked {
    let most = Wan22::IMAGE_RULES.bytes_most();
    looker.look(source, Depth::Whole, most, &|_| {}).await
}

async fn plan(looker: &Looker, picture: &Blob) -> Fit {
    let Look::Found(facts) = look(looker, &Source::Blob(picture.clone())).await.look else {
        panic!("it is a picture")
    };
    fit(&Wan22::IMAGE_RULES, &facts, &Wish::default()).unwrap()
}

#[wasm_bindgen_test]
async fn an_image_that_nobody_could_look_at_is_shown_and_looked_at_when_that_goes_again() {
    let picture = paint((400, 370), "image/png", false, None).await;
    let url = Url::create_object_url_with_blob(&picture).unwrap();
    let sources = [
        Source::Blob(picture),
        Source::Url(SourceUrl::parse(&url, Reach::Page).unwrap()),
    ];
    let looker = Looker::new(Store::in_memory());
    for source in &sources {
        for how in BROKEN {
            break_modules(how);
            let looked = look(&looker, source).await;
            assert_eq!(looked.look, Look::Failed(LookProblem::NotLooked), "{how}");
            let picture = looked.picture.unwrap();
            assert_eq!((picture.width(), picture.height()), (400, 370), "{how}");
        }
        work_here();
        let looked = look(&looker, source).await;
        assert!(matches!(looked.look, Look::Found(facts) if facts.format.is_some()));
    }
}

#[wasm_bindgen_test]
async fn a_copy_that_nobody_could_make_says_what_to_do() {
    let picture = paint((400, 370), "image/png", false, None).await;
    let looker = Looker::new(Store::in_memory());
    work_here();
    let plan = plan(&looker, &picture).await;
    for how in BROKEN {
        break_modules(how);
        let problem = looker.retoucher().copy(&picture, &plan).await.unwrap_err();
        assert_eq!(problem, RetouchProblem::Module, "{how}");
        assert!(
            problem
                .to_string()
                .contains("did not load. Check your connection")
        );
    }
    work_here();
    let copy = looker.retoucher().copy(&picture, &plan).await.unwrap();
    assert_eq!(copy.format, CopyFormat::Jpeg);
}

#[wasm_bindgen_test]
async fn what_a_worker_cannot_do_is_done_on_the_pages_thread() {
    let picture = paint((400, 370), "image/png", false, None).await;
    work_here();
    refuse_workers();
    let looker = Looker::new(Store::in_memory());
    let looked = look(&looker, &Source::Blob(picture.clone())).await;
    assert!(matches!(looked.look, Look::Found(_)), "{:?}", looked.look);
    break_modules("refused");
    refuse_workers();
    let looker = Looker::new(Store::in_memory());
    let looked = look(&looker, &Source::Blob(picture)).await;
    assert_eq!(looked.look, Look::Failed(LookProblem::NotLooked));
}

#[wasm_bindgen_test]
async fn a_connection_that_nobody_could_try_is_no_finding_about_it() {
    let base = base("https://relay.example.com");
    let token = Token::new("a-token", base.clone()).unwrap();
    let store = Store::in_memory();
    for how in BROKEN {
        break_modules(how);
        assert_eq!(
            try_relay(&base, Some(&token)).await,
            Finding::NotLoaded,
            "{how}"
        );
        assert_eq!(try_direct(&base).await, Finding::NotLoaded, "{how}");
        assert!(!keep(&store, &token, Place::Tab).await, "{how}");
        assert!(recall(&store, &base).await.is_none(), "{how}");
        forget(&store, &base).await;
    }
    let _fakes = Fakes;
    work_here();
    crate::support::refuse();
    assert_eq!(try_direct(&base).await, Finding::Unreachable);
}
