//! Who still reads a transient recording, and how far each has come.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};

use crate::limits::UNREAD_OUTPUT;

/// How far a reader has come; he is one for as long as he holds it.
pub struct Place(AtomicU64);

impl Place {
    pub fn move_to(&self, offset: u64) {
        self.0.store(offset, Ordering::Relaxed);
    }
}

/// The readers of one recording.
#[derive(Default)]
pub struct Readers(Vec<Weak<Place>>);

impl Readers {
    pub fn join(&mut self, offset: u64) -> Arc<Place> {
        let place = Arc::new(Place(AtomicU64::new(offset)));
        self.0.push(Arc::downgrade(&place));
        place
    }

    /// From where on output is kept: for the slowest reader, or a little for one who may come.
    pub fn needed_from(&mut self, length: u64) -> u64 {
        self.0.retain(|place| place.strong_count() > 0);
        let places = self.0.iter().filter_map(Weak::upgrade);
        let slowest = places.map(|place| place.0.load(Ordering::Relaxed)).min();
        slowest.unwrap_or_else(|| length.saturating_sub(UNREAD_OUTPUT))
    }
}
