//! Things by place: a place is taken again once its thing is gone.

/// A list with holes.
#[derive(Clone)]
pub(crate) struct Slab<T> {
    places: Vec<Option<T>>,
    free: Vec<u32>,
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Self { places: Vec::new(), free: Vec::new() }
    }
}

impl<T> Slab<T> {
    /// Takes a thing in and returns its place.
    pub(crate) fn add(&mut self, thing: T) -> u32 {
        match self.free.pop() {
            Some(place) => {
                self.places[place as usize] = Some(thing);
                place
            }
            None => {
                self.places.push(Some(thing));
                self.places.len() as u32 - 1
            }
        }
    }

    pub(crate) fn get(&self, place: u32) -> Option<&T> {
        self.places.get(place as usize)?.as_ref()
    }

    pub(crate) fn get_mut(&mut self, place: u32) -> Option<&mut T> {
        self.places.get_mut(place as usize)?.as_mut()
    }

    pub(crate) fn remove(&mut self, place: u32) -> Option<T> {
        let thing = self.places.get_mut(place as usize)?.take()?;
        self.free.push(place);
        Some(thing)
    }

    /// How many things there are.
    pub(crate) fn len(&self) -> u32 {
        (self.places.len() - self.free.len()) as u32
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.places.iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_taken_again() {
        let mut slab = Slab::default();
        let places = ["a", "b", "c"].map(|thing| slab.add(thing));
        assert_eq!((slab.remove(places[1]), slab.remove(places[1])), (Some("b"), None));
        assert_eq!((slab.add("d"), slab.len()), (places[1], 3));
        assert_eq!(slab.iter().copied().collect::<Vec<_>>(), ["a", "d", "c"]);
        if let Some(thing) = slab.get_mut(places[0]) {
            *thing = "e";
        }
        assert_eq!((slab.get(places[0]), slab.get(9)), (Some(&"e"), None));
    }
}
