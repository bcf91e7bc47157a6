//! One type for every element, so that the module stays small: each `view!` makes a type of its
//! own, and the code that builds and updates it is made anew for each. Here all elements,
//! attributes and listeners share a handful of types.
//!
//! ```text
//!  el("p").class("small").attr("data-kind", "bad").text("What went wrong").view()
//! ```

use std::borrow::Cow;

use leptos::attr::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::attr::custom::custom_attribute;
use leptos::html::{Custom, ElementChild, custom};
use leptos::prelude::*;
use leptos::svg;
use leptos::tachys::html::event;
use leptos::tachys::html::property::prop;
use leptos::tachys::html::style::style;
use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::Event;

use crate::state::Watched;

/// Text that is known now, or made once.
pub(super) type Text = Cow<'static, str>;

/// The kind of every element made here, for a [`NodeRef`].
pub(super) type Any = Custom<&'static str>;

/// An element that is being put together. Drawings are of `svg`, `use`, `rect` and `path`.
pub(super) struct Element(Box<Parts>);

/// In a box, so that the calls of the builder hand on a pointer and no more.
struct Parts {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// Begins an element.
pub(super) fn el(tag: &'static str) -> Element {
    Element(Box::new(Parts {
        tag,
        attributes: Vec::new(),
        children: Vec::new(),
    }))
}

impl Element {
    /// Sets an attribute once.
    pub(super) fn attr(self, name: &'static str, value: impl Into<Text>) -> Self {
        let value: Text = value.into();
        self.with(custom_attribute(name, value).into_any_attr())
    }

    /// Sets the class once.
    pub(super) fn class(self, value: &'static str) -> Self {
        self.attr("class", value)
    }

    /// Keeps an attribute as `value` says; there is none while it says nothing.
    pub(super) fn live_attr<T: Into<Text>>(
        self,
        name: &'static str,
        value: impl Fn() -> Option<T> + Send + 'static,
    ) -> Self {
        self.with_live_attr(name, Box::new(move || value().map(Into::into)))
    }

    /// Keeps an attribute at `true` or `false`.
    pub(super) fn live_bool(
        self,
        name: &'static str,
        is_so: impl Fn() -> bool + Send + 'static,
    ) -> Self {
        self.live_attr(name, move || Some(if is_so() { "true" } else { "false" }))
    }

    /// Keeps an attribute without a value present while `is_there` says so.
    pub(super) fn flag(
        self,
        name: &'static str,
        is_there: impl Fn() -> bool + Send + 'static,
    ) -> Self {
        self.live_attr(name, move || is_there().then_some(""))
    }

    /// Keeps one property of the element's style as `value` says.
    pub(super) fn live_style(
        self,
        name: &'static str,
        value: impl Fn() -> String + Send + 'static,
    ) -> Self {
        let value: Box<dyn Fn() -> String + Send> = Box::new(value);
        self.with(style((name, value)).into_any_attr())
    }

    /// Keeps a property of the DOM's object as `value` says.
    pub(super) fn live_prop<V: Into<JsValue>>(
        self,
        name: &'static str,
        value: impl Fn() -> V + Send + 'static,
    ) -> Self {
        self.with_live_prop(name, Box::new(move || value().into()))
    }

    /// Listens to an event of this element.
    pub(super) fn on(self, name: &'static str, act: impl FnMut(Event) + 'static) -> Self {
        self.with_listener(name, Box::new(act))
    }

    /// Remembers the element itself once it is there.
    pub(super) fn node(self, node: NodeRef<Any>) -> Self {
        self.with(leptos::tachys::html::node_ref::node_ref(node).into_any_attr())
    }

    /// Adds a child.
    pub(super) fn child(mut self, child: impl IntoAny) -> Self {
        self.0.children.push(child.into_any());
        self
    }

    /// Adds one element after another.
    pub(super) fn children(mut self, children: impl IntoIterator<Item = AnyView>) -> Self {
        self.0.children.extend(children);
        self
    }

    /// Adds text that stays.
    pub(super) fn text(self, text: impl Into<Text>) -> Self {
        let text: Text = text.into();
        self.child(text)
    }

    /// Adds text that changes.
    pub(super) fn live_text<T: Into<Text>>(self, text: impl Fn() -> T + Send + 'static) -> Self {
        self.with_live_text(Box::new(move || text().into()))
    }

    /// Adds what `view` makes, anew whenever what it read has changed.
    pub(super) fn live(self, view: impl Fn() -> Option<AnyView> + Send + 'static) -> Self {
        self.child(live(view))
    }

    /// Adds what `view` makes while `is_there` says so.
    pub(super) fn when(
        self,
        is_there: impl Fn() -> bool + Send + Sync + 'static,
        view: impl Fn() -> AnyView + Send + 'static,
    ) -> Self {
        self.child(when(is_there, view))
    }

    /// The finished element.
    pub(super) fn view(self) -> AnyView {
        let Parts {
            tag,
            attributes,
            children,
        } = *self.0;
        // Only these must be made in the namespace of SVG.
        match tag {
            "svg" => svg::svg()
                .add_any_attr(attributes)
                .child(children)
                .into_any(),
            "use" => svg::r#use().add_any_attr(attributes).into_any(),
            "rect" => svg::rect().add_any_attr(attributes).into_any(),
            "path" => svg::path().add_any_attr(attributes).into_any(),
            _ => custom(tag)
                .add_any_attr(attributes)
                .child(children)
                .into_any(),
        }
    }

    // What follows is not generic: it is compiled once.

    fn with_live_attr(self, name: &'static str, value: Live<Option<Text>>) -> Self {
        self.with(custom_attribute(name, value).into_any_attr())
    }

    fn with_live_prop(self, name: &'static str, value: Live<JsValue>) -> Self {
        self.with(prop(name, value).into_any_attr())
    }

    fn with_listener(self, name: &'static str, act: Box<dyn FnMut(Event)>) -> Self {
        let event = event::Custom::<Event>::new(name);
        self.with(event::on(event, act).into_any_attr())
    }

    fn with_live_text(self, text: Live<Text>) -> Self {
        self.child(text)
    }

    fn with(mut self, attribute: AnyAttribute) -> Self {
        self.0.attributes.push(attribute);
        self
    }
}

impl IntoAny for Element {
    fn into_any(self) -> AnyView {
        self.view()
    }
}

/// What `view` makes, anew whenever what it read has changed.
pub(super) fn live(view: impl Fn() -> Option<AnyView> + Send + 'static) -> AnyView {
    live_view(Box::new(view))
}

/// What `view` makes while `is_there` says so. It is made anew only when that changes.
pub(super) fn when(
    is_there: impl Fn() -> bool + Send + Sync + 'static,
    view: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    view_when(Box::new(is_there), Box::new(view))
}

fn live_view(view: Live<Option<AnyView>>) -> AnyView {
    view.into_any()
}

fn view_when(is_there: Box<dyn Fn() -> bool + Send + Sync>, view: Live<AnyView>) -> AnyView {
    let is_there = Watched::of(is_there);
    live(move || is_there.get().then(|| untrack(&view)))
}

/// A value that changes.
type Live<T> = Box<dyn Fn() -> T + Send>;
