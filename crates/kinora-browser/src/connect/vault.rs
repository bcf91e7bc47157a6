//! Tokens at rest: sealed by AES-GCM, with a key that the browser keeps and shows to nobody.
//!
//! Each base has a key of its own, which cannot be exported, and the base is part of what is
//! sealed: what was kept for one base opens for no other. It keeps a token from whoever reads the
//! disk or a backup, not from scripts of this origin, which may use the key.

use js_sys::{Array, Object, Reflect, Uint8Array, global};
use kinora::BaseUrl;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, Storage, SubtleCrypto};

use super::Place;
use crate::js::{member, object};
use crate::{Store, Token, random};

/// Keeps a token in one place, and lets go of what was kept for its base elsewhere.
pub(super) async fn keep(store: &Store, token: &Token, place: Place) -> Result<(), JsValue> {
    if !store.is_lasting() {
        return Err(JsValue::UNDEFINED);
    }
    let base = token.base();
    let sealed = seal(&key(store, base).await?, token).await?;
    let name = name(base);
    match place {
        Place::Tab => {
            of_tab()?.set_item(&name, &sealed)?;
            // One too many is the same token, sealed.
            let _ = store.remove(&name).await;
            Ok(())
        }
        Place::Device => {
            let put = store.put_js(&name, &sealed.into()).await;
            put.map_err(|_| JsValue::UNDEFINED)?;
            of_tab()?.remove_item(&name)
        }
    }
}

/// What is kept for a base; of this tab before that of the device.
pub(super) async fn recall(store: &Store, base: &BaseUrl) -> Option<(String, Place)> {
    let name = name(base);
    let in_tab = of_tab().ok().and_then(|tab| tab.get_item(&name).ok()?);
    let (sealed, place) = match in_tab {
        Some(sealed) => (sealed, Place::Tab),
        None => (store.js(&name).await.ok()?.as_string()?, Place::Device),
    };
    let key = kept_key(store, base).await?;
    let token = open(&key, base, &sealed).await.ok()?;
    Some((token, place))
}

/// Forgets a base's token and its key.
pub(super) async fn forget(store: &Store, base: &BaseUrl) {
    let name = name(base);
    if let Ok(tab) = of_tab() {
        // Without its key it says nothing more.
        let _ = tab.remove_item(&name);
    }
    for name in [key_name(base), name] {
        // What cannot be removed here was not to be written either.
        let _ = store.remove(&name).await;
    }
}

/// The key of a base, made with the first token.
async fn key(store: &Store, base: &BaseUrl) -> Result<CryptoKey, JsValue> {
    if let Some(key) = kept_key(store, base).await {
        return Ok(key);
    }
    let algorithm = object(&[("name", ALGORITHM.into()), ("length", 256.into())]);
    let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
    let making = subtle()?.generate_key_with_object(&algorithm, false, &usages)?;
    let made: CryptoKey = JsFuture::from(making).await?.dyn_into()?;
    let put = store.put_js(&key_name(base), &made).await;
    put.map_err(|_| JsValue::UNDEFINED)?;
    // Another tab may have made one at the same time; the last that was put is the key.
    Ok(kept_key(store, base).await.unwrap_or(made))
}

async fn kept_key(store: &Store, base: &BaseUrl) -> Option<CryptoKey> {
    store.js(&key_name(base)).await.ok()?.dyn_into().ok()
}

/// A token as text that only the key opens: a number used once, then what is sealed, in base64.
async fn seal(key: &CryptoKey, token: &Token) -> Result<String, JsValue> {
    let bits = random().to_le_bytes();
    let [nonce @ .., _, _, _, _] = bits;
    let algorithm = algorithm(&nonce, token.base());
    let sealing =
        subtle()?.encrypt_with_object_and_u8_array(&algorithm, key, token.text().as_bytes())?;
    let sealed = Uint8Array::new(&JsFuture::from(sealing).await?).to_vec();
    let all = nonce.iter().chain(&sealed).copied().map(char::from);
    btoa(&all.collect::<String>())
}

async fn open(key: &CryptoKey, base: &BaseUrl, sealed: &str) -> Result<String, JsValue> {
    let signs = atob(sealed)?;
    let bytes: Vec<u8> = signs.chars().map(|sign| sign as u8).collect();
    let (nonce, sealed) = bytes.split_at_checked(NONCE).ok_or(JsValue::UNDEFINED)?;
    let algorithm = algorithm(nonce, base);
    let opening = subtle()?.decrypt_with_object_and_u8_array(&algorithm, key, sealed)?;
    let opened = Uint8Array::new(&JsFuture::from(opening).await?).to_vec();
    String::from_utf8(opened).map_err(|_| JsValue::UNDEFINED)
}

fn algorithm(nonce: &[u8], base: &BaseUrl) -> Object {
    let bound_to = Uint8Array::from(base.as_str().as_bytes());
    object(&[
        ("name", ALGORITHM.into()),
        ("iv", Uint8Array::from(nonce).into()),
        ("additionalData", bound_to.into()),
    ])
}

/// The browser's cipher; pages of plain http have none.
fn subtle() -> Result<SubtleCrypto, JsValue> {
    let crypto = Reflect::get(&global(), &"crypto".into())?;
    member(&crypto, "subtle").dyn_into()
}

fn of_tab() -> Result<Storage, JsValue> {
    let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
    window.session_storage()?.ok_or(JsValue::UNDEFINED)
}

fn name(base: &BaseUrl) -> String {
    ["token/", base.as_str()].concat()
}

fn key_name(base: &BaseUrl) -> String {
    ["token-key/", base.as_str()].concat()
}

const ALGORITHM: &str = "AES-GCM";
/// Bytes of the number used once: <https://www.w3.org/TR/webcrypto-2/#aes-gcm>.
const NONCE: usize = 12;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch)]
    fn btoa(bytes: &str) -> Result<String, JsValue>;

    #[wasm_bindgen(catch)]
    fn atob(text: &str) -> Result<String, JsValue>;
}
