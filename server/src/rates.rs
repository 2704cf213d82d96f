//! How often something may be done by one account, or to one thing: so many times at once, and as many again while the time
//! goes by. It goes by a clock that never jumps, and is forgotten at a restart.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// From so many keys on those that are of no account any more are looked for and forgotten.
const TIDY_FROM: usize = 1024;

/// Counts what is done with each key.
pub struct Rates {
    /// How many times there are within the time.
    pub most: u32,
    window: Duration,
    /// The time that one costs.
    each: Duration,
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    /// Until when what was done is paid for; at the latest a window from now.
    paid: HashMap<i64, Duration>,
    /// How many there may be before they are tidied again.
    tidy_at: usize,
}

impl Rates {
    /// So many times within this time.
    pub fn new(most: u32, window: Duration) -> Self {
        Self {
            most,
            window,
            each: window / most.max(1),
            table: Mutex::default(),
        }
    }

    /// Once more, at a time of the clock that never jumps. Else: the seconds to wait for it.
    pub fn take(&self, key: i64, now: Duration) -> Result<(), u32> {
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        let paid = table.paid.get(&key).map_or(now, |paid| now.max(*paid)) + self.each;
        if let Some(wait) = paid
            .checked_sub(now + self.window)
            .filter(|wait| !wait.is_zero())
        {
            return Err(u32::try_from(wait.as_secs_f64().ceil() as u64).unwrap_or(u32::MAX));
        }
        table.paid.insert(key, paid);
        if table.paid.len() > table.tidy_at.max(TIDY_FROM) {
            table.paid.retain(|_, paid| *paid > now);
            table.tidy_at = table.paid.len() * 2;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    #[test]
    fn so_many_at_once_and_as_many_again_in_time() {
        let rates = Rates::new(6, MINUTE);
        let at = Duration::from_secs(1000);
        for _ in 0..6 {
            assert_eq!(rates.take(1, at), Ok(()));
        }
        assert_eq!(rates.take(1, at), Err(10));
        assert_eq!(rates.take(1, at + Duration::from_millis(9_001)), Err(1));
        // Who is refused is not made to wait longer for having asked.
        assert_eq!(rates.take(1, at + Duration::from_secs(10)), Ok(()));
        assert_eq!(rates.take(1, at + Duration::from_secs(10)), Err(10));
        assert_eq!(rates.take(2, at), Ok(()));
        let later = at + Duration::from_secs(70);
        assert_eq!((0..7).filter(|_| rates.take(1, later).is_ok()).count(), 6);
    }

    #[test]
    fn what_is_of_no_account_any_more_is_forgotten() {
        let rates = Rates::new(6, MINUTE);
        for key in 0..100_000 {
            assert_eq!(rates.take(key, MINUTE * key as u32), Ok(()));
        }
        let table = rates.table.lock().unwrap();
        assert!(table.paid.len() <= TIDY_FROM + 1, "{}", table.paid.len());
    }
}
