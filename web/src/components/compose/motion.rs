//! What moves: an effect, or words.

use leptos::prelude::*;

use super::head;
use super::text::{TextField, text_field};
use crate::components::element::el;
use crate::components::icon::{drawing, icon};
use crate::components::keys::control_id;
use crate::components::notices::{notices_at, notices_id};
use crate::state::{Session, Template, Watched, input};

/// Effects, prompt and negative prompt.
pub(super) fn motion() -> AnyView {
    let compose = Session::here().compose;
    let is_other = move || matches!(*compose.template.read(), Template::Other(_));
    let prompt = text_field(TextField {
        key: input::PROMPT,
        label: "Prompt",
        text: compose.prompt,
        placeholder: "What moves, and how: the mist drifts, the camera glides forward",
        is_overridden: Watched::of(move || *compose.template.read() != Template::None),
    });
    el("section")
        .class("group")
        .attr("aria-labelledby", "motion-title")
        .child(head("motion-title", "Motion"))
        .child(tiles())
        .when(is_other, other)
        .child(notices_at(
            input::TEMPLATE,
            compose.notices(input::TEMPLATE),
        ))
        .child(prompt)
        .child(negative_prompt())
        .view()
}

fn tiles() -> AnyView {
    let named = Session::here().compose.templates().iter();
    el("fieldset")
        .class("tiles")
        .child(el("legend").class("sr").text("Effect"))
        .child(tile(Template::None))
        .children(named.map(|name| tile(Template::Named(name))))
        .child(tile(Template::Other(String::new())))
        .view()
}

/// The field for an effect that has no tile.
fn other() -> AnyView {
    let chosen = Session::here().compose.template;
    let label = el("label")
        .class("label")
        .attr("for", control_id(input::TEMPLATE))
        .text("Name of the effect");
    let input = el("input")
        .class("input")
        .attr("id", control_id(input::TEMPLATE))
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("aria-describedby", notices_id(input::TEMPLATE))
        .live_prop("value", move || match chosen.get() {
            Template::Other(name) => name,
            Template::None | Template::Named(_) => String::new(),
        })
        .on("input", move |event| {
            chosen.set(Template::Other(event_target_value(&event)));
        });
    el("div").class("field").child(label).child(input).view()
}

/// The negative prompt, folded.
fn negative_prompt() -> AnyView {
    let text = Session::here().compose.negative_prompt;
    let summary = el("summary")
        .child(icon("chevron"))
        .text("Negative prompt")
        .child(
            el("span")
                .class("quiet")
                .live_text(move || chosen_mark(&text.read())),
        );
    let field = text_field(TextField {
        key: input::NEGATIVE_PROMPT,
        label: "What must not be seen",
        text,
        placeholder: "blur, flicker, text",
        is_overridden: Watched::new(false),
    });
    el("details").child(summary).child(field).view()
}

/// One effect. Every name without a tile of its own counts as the one `Other`.
fn tile(template: Template) -> AnyView {
    let chosen = Session::here().compose.template;
    let (symbol, label) = tile_look(&template);
    let matching = template.clone();
    let input = el("input")
        .class("sr")
        .attr("type", "radio")
        .attr("name", input::TEMPLATE)
        .live_prop("checked", move || same_tile(&chosen.read(), &matching))
        .on("change", move |_| chosen.set(template.clone()));
    el("label")
        .class("tile")
        .child(input)
        .child(drawing("0 0 40 28", symbol))
        .child(el("span").text(label))
        .view()
}

fn same_tile(one: &Template, another: &Template) -> bool {
    match (one, another) {
        (Template::Other(_), Template::Other(_)) => true,
        (one, another) => one == another,
    }
}

/// Symbol and label of a tile. An effect without a drawing of its own takes the one of `Other`.
fn tile_look(template: &Template) -> (&'static str, String) {
    match *template {
        Template::None => ("#m-none", "None".to_owned()),
        Template::Named(name) => {
            let symbol = match name {
                "squish" => "#m-squish",
                "flying" => "#m-flying",
                "carousel" => "#m-carousel",
                _ => "#m-other",
            };
            (symbol, capitalised(name))
        }
        Template::Other(_) => ("#m-other", "Other…".to_owned()),
    }
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

const fn chosen_mark(text: &str) -> &'static str {
    if text.is_empty() { "" } else { "in use" }
}
