//! Data frames by the Arrow C interface: in from any library, out to any library. The only part that knows Arrow.

#[cfg(feature = "bench")]
mod bare;
mod column;
mod flow;
mod kind;
mod layout;
mod long;
mod output;
mod plain;
mod run;
mod sheet;
mod single;
mod source;

#[cfg(feature = "bench")]
pub(crate) use bare::RawKernel;
pub(crate) use flow::{Framed, RawFlow, frame_flow};
pub(crate) use output::{RawFrame, frame_of, join_frames, read_frame, wrong};
pub(crate) use single::{RawColumn, column_of_array, columns_of_frame};
