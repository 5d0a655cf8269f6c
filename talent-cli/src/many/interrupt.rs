//! Ctrl-C while many documents are worked on.

use std::sync::Once;
use std::sync::atomic::{AtomicU8, Ordering};

static TIMES: AtomicU8 = AtomicU8::new(0);

/// From here on the first Ctrl-C is noted, so that what is half-written can be removed; the second ends the process.
pub(crate) fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Where the system has no such signal there is nothing to watch for.
        let _ = ctrlc::set_handler(|| {
            if TIMES.fetch_add(1, Ordering::Relaxed) > 0 {
                crate::output::abandon();
                #[expect(clippy::exit, reason = "somebody who asks twice does not want to wait")]
                std::process::exit(i32::from(crate::Status::Interrupted.code()));
            }
        });
    });
}

/// Whether somebody asked to stop.
pub(crate) fn asked() -> bool {
    TIMES.load(Ordering::Relaxed) > 0
}
