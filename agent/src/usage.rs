//! How busy the processors were lately.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::sys::lock;

/// Shortest stretch of time that a share is worked out for.
const WINDOW: Duration = Duration::from_secs(1);

/// Remembers the processors' time from one question to the next.
#[derive(Default)]
pub struct Usage(Mutex<State>);

#[derive(Default)]
struct State {
    last: Option<(Instant, u64)>,
    percent: f64,
}

impl Usage {
    /// The share in percent since the last question, or what that was answered when it is less than
    /// a second old. `cpu_micros` is the time used so far on all of `processors`.
    pub fn percent(&self, now: Instant, cpu_micros: u64, processors: u32) -> f64 {
        let mut state = lock(&self.0);
        if let Some((then, used)) = state.last {
            let passed = now.saturating_duration_since(then);
            if passed < WINDOW {
                return state.percent;
            }
            let possible = passed.as_micros() as f64 * f64::from(processors.max(1));
            let share = cpu_micros.saturating_sub(used) as f64 / possible;
            state.percent = (share * 100.0).clamp(0.0, 100.0);
        }
        state.last = Some((now, cpu_micros));
        state.percent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_answer_is_nothing_and_the_next_the_share_since() {
        let usage = Usage::default();
        let begin = Instant::now();
        assert_eq!(usage.percent(begin, 5_000_000, 2), 0.0);
        let later = begin + Duration::from_secs(2);
        assert_eq!(usage.percent(later, 6_000_000, 2), 25.0);
    }

    #[test]
    fn questions_within_a_second_get_the_same_answer() {
        let usage = Usage::default();
        let begin = Instant::now();
        usage.percent(begin, 0, 1);
        usage.percent(begin + Duration::from_secs(1), 500_000, 1);
        let soon = begin + Duration::from_millis(1500);
        assert_eq!(usage.percent(soon, 1_000_000, 1), 50.0);
    }
}
