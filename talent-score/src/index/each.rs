//! The same work on many things, on all cores where that pays. Results stand in the order of the things, whatever core made them.

/// Below this many numbers the hand-over to another core costs more than it saves.
#[cfg(feature = "parallel")]
const WORTH: usize = 1 << 15;

/// Does something with each of many things that hold so many numbers each.
pub(crate) fn each<T: Sync, R: Send>(things: &[T], numbers: usize, one: impl Fn(&T) -> R + Send + Sync) -> Vec<R> {
    #[cfg(feature = "parallel")]
    if things.len() > 1 && things.len() * numbers >= WORTH {
        use rayon::prelude::*;
        return things.par_iter().map(one).collect();
    }
    #[cfg(not(feature = "parallel"))]
    let _ = numbers;
    things.iter().map(one).collect()
}

/// Does something that is shared out among the cores on its way, over so many numbers. Waking the cores takes as long as much of the work, so they are woken once for all of it.
pub(crate) fn awake<R: Send>(numbers: usize, work: impl FnOnce() -> R + Send) -> R {
    #[cfg(feature = "parallel")]
    if numbers >= WORTH {
        return rayon::scope(|_| work());
    }
    #[cfg(not(feature = "parallel"))]
    let _ = numbers;
    work()
}

/// Does two things about so many units, side by side where that pays.
pub(crate) fn both<A: Send, B: Send>(units: usize, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    #[cfg(feature = "parallel")]
    if units >= WORTH / 16 {
        return rayon::join(one, other);
    }
    #[cfg(not(feature = "parallel"))]
    let _ = units;
    (one(), other())
}

/// Fills a column block by block, each small enough for its working memory to stay close to the core. `one` gets the place of a block's first unit, and the block.
pub(crate) fn blocks(column: &mut [f64], members: usize, one: impl Fn(usize, &mut [f64]) + Send + Sync) {
    const BLOCK: usize = 512;
    #[cfg(feature = "parallel")]
    if column.len() > BLOCK && column.len() * members >= WORTH {
        use rayon::prelude::*;
        column.par_chunks_mut(BLOCK).enumerate().for_each(|(at, block)| one(at * BLOCK, block));
        return;
    }
    #[cfg(not(feature = "parallel"))]
    let _ = members;
    for (at, block) in column.chunks_mut(BLOCK).enumerate() {
        one(at * BLOCK, block);
    }
}
