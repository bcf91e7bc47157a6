//! Numbered places, which are used again.

/// Things that JavaScript knows by number.
#[derive(Debug)]
pub struct Places<T>(Vec<Option<T>>);

impl<T> Places<T> {
    /// None taken yet.
    pub const NONE: Self = Self(Vec::new());

    /// Puts something into a free place, and gives its number.
    pub fn put(&mut self, thing: T) -> i64 {
        let thing = Some(thing);
        for (number, place) in self.0.iter_mut().enumerate() {
            if place.is_none() {
                *place = thing;
                return number as i64;
            }
        }
        self.0.push(thing);
        self.0.len() as i64 - 1
    }

    /// What is in a place.
    pub fn at(&mut self, number: u32) -> Option<&mut T> {
        self.0.get_mut(number as usize)?.as_mut()
    }

    /// Empties a place.
    pub fn take(&mut self, number: u32) {
        if let Some(place) = self.0.get_mut(number as usize) {
            *place = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_is_free_is_used_again() {
        let mut places = Places::NONE;
        assert_eq!((places.put('a'), places.put('b')), (0, 1));
        places.take(0);
        assert_eq!(places.at(0), None);
        assert_eq!(places.put('c'), 0);
        assert_eq!(places.at(1), Some(&mut 'b'));
        places.take(9);
        assert_eq!(places.at(9), None);
    }
}
