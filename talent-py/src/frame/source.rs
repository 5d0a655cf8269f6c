//! Where a frame comes from: a stream of batches, cut to pieces of bounded length.

use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use rayon::prelude::*;

use super::column::holds_text;

/// The longest piece: long enough for all cores, short enough for Ctrl-C and a progress bar.
const PIECE: usize = 1 << 16;

/// A stream of batches.
pub(crate) struct Source {
    reader: Box<dyn RecordBatchReader + Send>,
    /// What is left of the batch that was read last.
    rest: Option<RecordBatch>,
}

/// Why there is no next piece.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The source failed.
    Source(ArrowError),
    /// A column is not what its type says.
    Column(usize, ArrowError),
}

impl Source {
    pub(crate) fn new(reader: Box<dyn RecordBatchReader + Send>) -> Self {
        Self { reader, rest: None }
    }

    pub(crate) fn schema(&self) -> SchemaRef {
        self.reader.schema()
    }

    /// The next piece.
    pub(crate) fn next(&mut self) -> Option<Result<RecordBatch, Trouble>> {
        let batch = match self.rest.take() {
            Some(rest) => rest,
            None => loop {
                match self.reader.next()? {
                    Ok(batch) if batch.num_rows() == 0 => {}
                    Ok(batch) => match check(&batch) {
                        Ok(()) => break batch,
                        Err(trouble) => return Some(Err(trouble)),
                    },
                    Err(error) => return Some(Err(Trouble::Source(error))),
                }
            },
        };
        let rows = batch.num_rows();
        if rows > PIECE {
            self.rest = Some(batch.slice(PIECE, rows - PIECE));
        }
        Some(Ok(batch.slice(0, rows.min(PIECE))))
    }
}

/// Another library's texts are taken to be UTF-8 by everything after this, so somebody must look.
fn check(batch: &RecordBatch) -> Result<(), Trouble> {
    let texts: Vec<(usize, &ArrayRef)> = batch.columns().iter().enumerate().filter(|(_, column)| holds_text(column.data_type())).collect();
    let wrong = |(at, column): (usize, &ArrayRef)| column.to_data().validate_full().err().map(|error| Trouble::Column(at, error));
    texts.into_par_iter().find_map_first(wrong).map_or(Ok(()), Err)
}
