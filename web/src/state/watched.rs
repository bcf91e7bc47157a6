//! One kind of signal for values of every type, so that the module stays small: each type that a
//! signal holds brings all the code of signals anew. Here that code knows no types, and only the
//! last step to the value does.

use core::any::Any;
use core::marker::PhantomData;
use core::ops::Deref;
use std::sync::Arc;

use leptos::prelude::*;

/// A value that views follow: one that is set, or one that is made of others. Copy it freely.
pub(crate) struct Watched<T> {
    slot: Slot,
    of: PhantomData<fn() -> T>,
}

impl<T: Send + Sync + 'static> Watched<T> {
    /// A value that is set.
    pub(crate) fn new(value: T) -> Self {
        Self::at(Slot::new(Arc::new(value)))
    }

    /// A value that is made anew whenever what `make` read has changed.
    pub(crate) fn of(make: impl Fn() -> T + Send + Sync + 'static) -> Self
    where
        T: PartialEq,
    {
        Self::at(Slot::made(Box::new(move |before| {
            let made = make();
            let is_same = before.downcast_ref() == Some(&made);
            (!is_same).then(|| Arc::new(made) as Kept)
        })))
    }

    /// The value; tracked.
    pub(crate) fn read(self) -> Shown<T> {
        self.slot.track();
        self.read_untracked()
    }

    /// The value, whatever becomes of it.
    pub(crate) fn read_untracked(self) -> Shown<T> {
        Shown::of(self.slot.value())
    }

    /// A copy of the value; tracked.
    pub(crate) fn get(self) -> T
    where
        T: Clone,
    {
        T::clone(&self.read())
    }

    /// A copy of the value, whatever becomes of it.
    pub(crate) fn get_untracked(self) -> T
    where
        T: Clone,
    {
        T::clone(&self.read_untracked())
    }

    /// Puts another value in its place.
    pub(crate) fn set(self, value: T) {
        self.slot.set(Arc::new(value));
    }

    /// Whether it is there no more, as what it was made in is gone.
    pub(crate) fn is_gone(self) -> bool {
        self.slot.value.is_disposed()
    }

    const fn at(slot: Slot) -> Self {
        let of = PhantomData;
        Self { slot, of }
    }
}

impl<T> Clone for Watched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Watched<T> {}

/// A value as it was when it was read.
pub(crate) struct Shown<T>(Arc<T>);

impl<T: Send + Sync + 'static> Shown<T> {
    fn of(kept: Kept) -> Self {
        match kept.downcast() {
            Ok(value) => Self(value),
            Err(_) => unreachable!("a value keeps its type"),
        }
    }
}

impl<T> Deref for Shown<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// Does something now, and again whenever what it read has changed.
pub(crate) fn whenever(act: impl FnMut() + 'static) {
    whenever_boxed(Box::new(act));
}

fn whenever_boxed(mut act: Box<dyn FnMut()>) {
    Effect::new(move |_| act());
}

/// Where a value lies, and who is told of changes.
#[derive(Clone, Copy)]
struct Slot {
    value: StoredValue<Kept>,
    changes: Changes,
}

#[derive(Clone, Copy)]
enum Changes {
    /// It is set.
    Set(Trigger),
    /// It is made: how often it changed.
    Made(Memo<u32>),
}

impl Slot {
    fn new(value: Kept) -> Self {
        Self {
            value: StoredValue::new(value),
            changes: Changes::Set(Trigger::new()),
        }
    }

    fn made(make: Make) -> Self {
        let nothing: Kept = Arc::new(());
        let value = StoredValue::new(nothing);
        let times = Memo::new(move |before: Option<&u32>| {
            let made = make(&*value.get_value());
            let times = before.map_or(0, |times| times.wrapping_add(made.is_some().into()));
            if let Some(made) = made {
                value.set_value(made);
            }
            times
        });
        let changes = Changes::Made(times);
        Self { value, changes }
    }

    fn track(self) {
        match self.changes {
            Changes::Set(trigger) => trigger.track(),
            Changes::Made(times) => {
                times.get();
            }
        }
    }

    fn value(self) -> Kept {
        if let Changes::Made(times) = self.changes {
            times.get_untracked();
        }
        self.value.get_value()
    }

    fn set(self, value: Kept) {
        self.value.set_value(value);
        if let Changes::Set(trigger) = self.changes {
            trigger.notify();
        }
    }
}

/// A value of any type.
type Kept = Arc<dyn Any + Send + Sync>;

/// Makes a value in place of the last one, unless it is the same.
type Make = Box<dyn Fn(&(dyn Any + Send + Sync)) -> Option<Kept> + Send + Sync>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_follows_what_is_set() {
        let owner = Owner::new();
        owner.with(|| {
            let number = Watched::new(3);
            let is_even = Watched::of(move || number.get() % 2 == 0);
            assert!(!is_even.get_untracked());
            number.set(4);
            assert_eq!(
                (number.get_untracked(), *is_even.read_untracked()),
                (4, true)
            );
        });
    }

    #[test]
    fn what_stays_the_same_is_not_made_into_more() {
        let owner = Owner::new();
        owner.with(|| {
            let made = StoredValue::new(0);
            let number = Watched::new(1);
            let is_even = Watched::of(move || number.get() % 2 == 0);
            let word = Watched::of(move || {
                made.update_value(|made| *made += 1);
                if is_even.get() { "even" } else { "odd" }
            });
            for (set, shown, times) in [(1, "odd", 1), (5, "odd", 1), (6, "even", 2)] {
                number.set(set);
                assert_eq!(
                    (word.get_untracked(), made.get_value()),
                    (shown, times),
                    "{set}"
                );
            }
        });
    }
}
