//! Columns of a frame by themselves, for whoever asks for them by name. They are held as Arrow has them: doubles are shared and never copied, since what speaks Arrow promises not
//! to change what it has handed over.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType};
use arrow_select::concat::concat;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use pyo3_arrow::input::AnyArray;
use talent_model::diagnostic::Code;
use talent_score::index::Doubles;

use super::column::{Column, holds_text};
use super::flow::{raised, reader, unreadable};
use super::kind::{is_number, is_text};
use super::layout::about;
use crate::diagnostic::{Finding, findings};

/// One column: numbers, truths, texts, nothing at all, or (in a table of indicators) records.
#[pyclass(frozen, module = "talent._native")]
#[derive(Clone)]
pub(crate) struct RawColumn(ArrayRef);

/// Why a column cannot be taken.
enum Trouble {
    /// Its texts are not UTF-8.
    Texts(ArrowError),
    /// It holds something else.
    Type(DataType),
    /// Another library failed.
    Source(ArrowError),
}

impl From<ArrowError> for Trouble {
    fn from(error: ArrowError) -> Self {
        Self::Source(error)
    }
}

impl RawColumn {
    /// The chunks of a column as one: the chunk itself where there is only one.
    fn new(chunks: &[ArrayRef], data_type: &DataType) -> Result<Self, Trouble> {
        let whole = match chunks {
            [] => arrow_array::new_empty_array(data_type),
            [only] => Arc::clone(only),
            many => concat(&many.iter().map(AsRef::as_ref).collect::<Vec<_>>())?,
        };
        if holds_text(data_type) {
            whole.to_data().validate_full().map_err(Trouble::Texts)?;
        }
        Ok(Self(plain(whole)?))
    }

    /// As numbers: doubles as they lie in memory where none is null, other numbers and truths converted.
    pub(crate) fn numbers(&self) -> PyResult<Doubles> {
        let wrong = |error: &ArrowError| PyTypeError::new_err(error.to_string());
        let array = match Column::new(&self.0).map_err(|error| wrong(&error))? {
            Column::Numbers(numbers) => numbers,
            Column::Truths(_) => cast(&self.0, &DataType::Float64).map_err(|error| wrong(&error))?.as_primitive::<Float64Type>().clone(),
            Column::Null => return Ok(Arc::new(vec![f64::NAN; self.0.len()])),
            _ => return Err(PyTypeError::new_err("a column of numbers is needed")),
        };
        Ok(if array.null_count() == 0 {
            Arc::new(array.values().clone())
        } else {
            Arc::new(array.iter().map(|x| x.unwrap_or(f64::NAN)).collect::<Vec<f64>>())
        })
    }

    /// As texts: empty where there is none, or nothing but space.
    pub(crate) fn texts<T: for<'t> From<&'t str>>(&self) -> PyResult<Vec<T>> {
        fn read<'t, T: From<&'t str>>(texts: impl Iterator<Item = Option<&'t str>>) -> Vec<T> {
            texts.map(|text| text.filter(|text| !text.trim().is_empty()).unwrap_or_default().into()).collect()
        }
        Ok(match self.0.data_type() {
            DataType::Utf8View => read(self.0.as_string_view().iter()),
            DataType::LargeUtf8 => read(self.0.as_string::<i64>().iter()),
            _ => {
                let texts = cast(&self.0, &DataType::Utf8).map_err(|error| PyTypeError::new_err(error.to_string()))?;
                read(texts.as_string::<i32>().iter())
            }
        })
    }
}

/// A column of one of few types. Packed values are unpacked, dates and times become the texts that name them.
fn plain(array: ArrayRef) -> Result<ArrayRef, Trouble> {
    match array.data_type() {
        DataType::Dictionary(_, values) => plain(cast(&array, values)?),
        data_type if is_number(data_type) || is_text(data_type) => Ok(array),
        DataType::Boolean | DataType::Null | DataType::Struct(_) => Ok(array),
        DataType::Float16 => Ok(cast(&array, &DataType::Float64)?),
        data_type if data_type.is_temporal() => Ok(cast(&array, &DataType::Utf8)?),
        other => Err(Trouble::Type(other.clone())),
    }
}

#[pymethods]
impl RawColumn {
    fn __len__(&self) -> usize {
        self.0.len()
    }

    /// Whether every cell is a number, a truth or nothing.
    fn is_numbers(&self) -> bool {
        is_number(self.0.data_type()) || matches!(self.0.data_type(), DataType::Boolean | DataType::Null)
    }

    /// Whether every cell is a text or nothing.
    fn is_texts(&self) -> bool {
        is_text(self.0.data_type())
    }

    /// The cells as plain values of Python.
    fn to_pylist<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        cells(py, &self.0)
    }
}

/// The cells of an array as plain values of Python.
pub(crate) fn cells<'py>(py: Python<'py>, array: &ArrayRef) -> PyResult<Bound<'py, PyList>> {
    let wrong = |error: ArrowError| PyTypeError::new_err(error.to_string());
    match array.data_type() {
        DataType::Null => PyList::new(py, (0..array.len()).map(|_| py.None())),
        DataType::Boolean => PyList::new(py, array.as_boolean().iter().collect::<Vec<Option<bool>>>()),
        DataType::Struct(fields) => {
            let records = array.as_struct();
            let columns: Vec<Bound<'py, PyList>> = records.columns().iter().map(|column| cells(py, column)).collect::<PyResult<_>>()?;
            let record = |row: usize| -> PyResult<Option<Bound<'py, PyDict>>> {
                if records.is_null(row) {
                    return Ok(None);
                }
                let record = PyDict::new(py);
                for (field, column) in fields.iter().zip(&columns) {
                    record.set_item(field.name(), column.get_item(row)?)?;
                }
                Ok(Some(record))
            };
            PyList::new(py, (0..array.len()).map(record).collect::<PyResult<Vec<_>>>()?)
        }
        data_type if is_text(data_type) => {
            let texts = cast(array, &DataType::Utf8).map_err(wrong)?;
            PyList::new(py, texts.as_string::<i32>().iter().collect::<Vec<Option<&str>>>())
        }
        data_type if data_type.is_integer() && *data_type != DataType::UInt64 => {
            let whole = cast(array, &DataType::Int64).map_err(wrong)?;
            PyList::new(py, whole.as_primitive::<Int64Type>().iter().collect::<Vec<Option<i64>>>())
        }
        _ => {
            let numbers = cast(array, &DataType::Float64).map_err(wrong)?;
            PyList::new(py, numbers.as_primitive::<Float64Type>().iter().collect::<Vec<Option<f64>>>())
        }
    }
}

/// Columns by name, and what is wrong with the frame.
type Taken = (Vec<(String, RawColumn)>, Vec<Finding>);

fn refused(trouble: Trouble, column: &str) -> PyResult<Vec<Finding>> {
    let found = match trouble {
        Trouble::Texts(error) => about(Code::TextNotUtf8, column).with("why", error.to_string()),
        Trouble::Source(error) => unreadable(error).map_err(raised)?,
        Trouble::Type(data_type) => return Err(PyTypeError::new_err(format!("the column {column:?} holds {data_type}, neither numbers nor texts"))),
    };
    Ok(findings(&[found]))
}

/// The columns of a frame.
#[pyfunction]
pub(crate) fn columns_of_frame(py: Python<'_>, frame: &Bound<'_, PyAny>) -> PyResult<Taken> {
    let reader = reader(frame)?;
    let taken = py.detach(|| {
        let source = |error| (Trouble::Source(error), String::new());
        let reader = reader.map_err(source)?;
        let schema = reader.schema();
        let batches = reader.collect::<Result<Vec<_>, _>>().map_err(source)?;
        let column = |(at, field): (usize, &Arc<arrow_schema::Field>)| {
            let chunks: Vec<ArrayRef> = batches.iter().filter_map(|batch| batch.columns().get(at)).map(Arc::clone).collect();
            let column = RawColumn::new(&chunks, field.data_type()).map_err(|trouble| (trouble, field.name().clone()))?;
            Ok((field.name().clone(), column))
        };
        schema.fields().iter().enumerate().map(column).collect::<Result<Vec<_>, (Trouble, String)>>()
    });
    match taken {
        Ok(columns) => Ok((columns, Vec::new())),
        Err((trouble, column)) => Ok((Vec::new(), refused(trouble, &column)?)),
    }
}

/// A column that stands by itself, under the name that it has for the caller.
#[pyfunction]
pub(crate) fn column_of_array(name: &str, column: &Bound<'_, PyAny>) -> PyResult<(Option<RawColumn>, Vec<Finding>)> {
    let (chunks, field) = column.extract::<AnyArray>()?.into_chunked_array()?.into_inner();
    match RawColumn::new(&chunks, field.data_type()) {
        Ok(column) => Ok((Some(column), Vec::new())),
        Err(trouble) => Ok((None, refused(trouble, name)?)),
    }
}
