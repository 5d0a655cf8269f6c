//! The result of a frame: columns of scores beside the columns that were kept.

use std::collections::HashMap;
use std::io::Cursor;
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, RecordBatchIterator, StringArray};
use arrow_buffer::{BooleanBuffer, NullBuffer};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule, PyDict};
use pyo3_arrow::PyRecordBatchReader;
use pyo3_arrow::ffi::to_schema_pycapsule;
use rayon::prelude::*;
use talent_score::frame::FramePlan;

use super::sheet::{NUMBERS, Sheet};
use super::single::cells;

/// The columns that every result has, before those of the scenarios.
const SCORES: [(&str, DataType); 7] = [
    ("total", DataType::Float64),
    ("low", DataType::Float64),
    ("high", DataType::Float64),
    ("coverage", DataType::Float64),
    ("grade", DataType::Utf8),
    ("scorable", DataType::Boolean),
    ("conforms", DataType::Boolean),
];

/// A column of numbers; what is none, or not sound, is null. `whole`: neither is so.
fn numbers(mut values: Vec<f64>, sound: &BooleanBuffer, whole: bool) -> ArrayRef {
    if whole {
        return Arc::new(Float64Array::from(values));
    }
    for (value, sound) in values.iter_mut().zip(sound) {
        *value = if sound { *value } else { f64::NAN };
    }
    let nulls = NullBuffer::from_iter(values.iter().map(|value| !value.is_nan()));
    // Nothing is to be seen where nothing is.
    values.iter_mut().for_each(|value| *value = if value.is_nan() { 0.0 } else { *value });
    Arc::new(Float64Array::new(values.into(), Some(nulls)))
}

/// How a result is written.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub(crate) schema: SchemaRef,
    grades: Vec<String>,
    scenarios: usize,
}

impl Output {
    pub(crate) fn new(plan: &FramePlan, kept: &[usize], input: &Schema) -> Self {
        let standard = plan.standard();
        let own = SCORES.iter().map(|(name, data_type)| Field::new(*name, data_type.clone(), true));
        let scenarios = standard.scenarios.iter().map(|scenario| Field::new(format!("scenario.{}", scenario.id), DataType::Float64, true));
        let mut fields: Vec<Field> = own.chain(scenarios).collect();
        let kept = kept.iter().filter_map(|at| input.fields().get(*at)).map(|field| {
            // The names of the result are the result's.
            let taken = fields.iter().any(|own| own.name() == field.name());
            if taken { field.as_ref().clone().with_name(format!("kept.{}", field.name())) } else { field.as_ref().clone() }
        });
        let mut all: Vec<Field> = kept.collect();
        all.append(&mut fields);
        let metadata = HashMap::from([
            ("talent.standard.id".to_owned(), standard.id.to_string()),
            ("talent.standard.version".to_owned(), standard.version.to_string()),
            ("talent.standard.digest".to_owned(), plan.digest().to_owned()),
            ("talent.engine".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
        ]);
        let grades = standard.grades.iter().map(|grade| grade.id.to_string()).collect();
        Self { schema: Arc::new(Schema::new_with_metadata(all, metadata)), grades, scenarios: standard.scenarios.len() }
    }

    /// Room for the scores of a piece of the frame.
    pub(crate) fn sheet(&self, rows: usize) -> Sheet {
        Sheet::new(rows, self.scenarios)
    }

    /// One batch of the result. The rows in `refused` have no scores.
    pub(crate) fn batch(&self, kept: Vec<ArrayRef>, mut sheet: Sheet, refused: &[usize]) -> Result<RecordBatch, ArrowError> {
        let mut sound = vec![true; sheet.scorable.len()];
        for row in refused {
            if let Some(sound) = sound.get_mut(*row) {
                *sound = false;
            }
        }
        let sound = BooleanBuffer::from(sound);
        // The columns are as long as the piece, and writing them on one core would keep the others waiting.
        let columns = sheet.take_numbers();
        let column = |(values, gaps): (Vec<f64>, bool)| numbers(values, &sound, refused.is_empty() && !gaps);
        let all = || columns.into_par_iter().map(column).collect();
        let (grades, mut scores): (StringArray, Vec<ArrayRef>) = rayon::join(|| self.grades(&sheet.grades, &sound), all);
        let scenarios = scores.split_off(NUMBERS);
        let mut columns = kept;
        columns.append(&mut scores);
        columns.push(Arc::new(grades));
        columns.push(Arc::new(BooleanArray::from(&BooleanBuffer::from(sheet.scorable) & &sound)));
        columns.push(Arc::new(BooleanArray::from(sound)));
        columns.extend(scenarios);
        RecordBatch::try_new(Arc::clone(&self.schema), columns)
    }

    fn grades(&self, grades: &[Option<usize>], sound: &BooleanBuffer) -> StringArray {
        let mut texts = StringBuilder::with_capacity(grades.len(), grades.len() * 8);
        for (grade, sound) in grades.iter().zip(sound) {
            texts.append_option(grade.filter(|_| sound).and_then(|at| self.grades.get(at)));
        }
        texts.finish()
    }
}

/// A frame of our own: batches that any library can take over.
#[pyclass(frozen, module = "talent._native")]
pub(crate) struct RawFrame {
    pub(crate) schema: SchemaRef,
    pub(crate) batches: Vec<RecordBatch>,
}

impl RawFrame {
    /// A frame of columns of texts, then columns of numbers, where what is not a number becomes null. The names of texts are the frame's: a number of the same name gets `taken` before its own.
    pub(crate) fn of_columns(texts: &[(&str, &[impl AsRef<str>])], numbers: &[(&str, &[f64])], taken: &str) -> Result<Self, ArrowError> {
        let (mut fields, mut columns): (Vec<Field>, Vec<ArrayRef>) = (Vec::new(), Vec::new());
        for (name, values) in texts {
            fields.push(Field::new(*name, DataType::Utf8, true));
            columns.push(Arc::new(StringArray::from_iter_values(*values)));
        }
        for (name, values) in numbers {
            let twice = fields.iter().any(|field| field.name() == name);
            fields.push(Field::new(if twice { format!("{taken}{name}") } else { (*name).to_owned() }, DataType::Float64, true));
            columns.push(Arc::new(values.iter().map(|x| (!x.is_nan()).then_some(*x)).collect::<Float64Array>()));
        }
        let metadata = HashMap::from([("talent.engine".to_owned(), env!("CARGO_PKG_VERSION").to_owned())]);
        let schema = Arc::new(Schema::new_with_metadata(fields, metadata));
        let batch = RecordBatch::try_new(Arc::clone(&schema), columns)?;
        Ok(Self { schema, batches: vec![batch] })
    }
}

pub(crate) fn wrong(error: &ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

#[pymethods]
impl RawFrame {
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn columns(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    fn metadata(&self) -> HashMap<String, String> {
        self.schema.metadata().clone()
    }

    /// The first rows, as texts.
    fn head(&self, rows: usize) -> PyResult<Vec<Vec<String>>> {
        let options = FormatOptions::default().with_null("–");
        let mut all = Vec::new();
        for batch in &self.batches {
            let formatters: Vec<ArrayFormatter<'_>> =
                batch.columns().iter().map(|column| ArrayFormatter::try_new(column, &options)).collect::<Result<_, _>>().map_err(|e| wrong(&e))?;
            for row in 0..batch.num_rows().min(rows.saturating_sub(all.len())) {
                all.push(formatters.iter().map(|formatter| formatter.value(row).to_string()).collect());
            }
        }
        Ok(all)
    }

    /// The columns, as plain values of Python.
    fn to_columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let whole = arrow_select::concat::concat_batches(&self.schema, &self.batches).map_err(|error| wrong(&error))?;
        let columns = PyDict::new(py);
        for (field, column) in self.schema.fields().iter().zip(whole.columns()) {
            columns.set_item(field.name(), cells(py, column)?)?;
        }
        Ok(columns)
    }

    /// The frame as an Arrow stream in bytes.
    fn to_ipc<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let write = || {
            let mut writer = StreamWriter::try_new(Vec::new(), &self.schema)?;
            for batch in &self.batches {
                writer.write(batch)?;
            }
            writer.into_inner()
        };
        py.detach(write).map(|bytes| PyBytes::new(py, &bytes)).map_err(|error| wrong(&error))
    }

    fn equals(&self, py: Python<'_>, other: &Self) -> PyResult<bool> {
        if self.schema != other.schema {
            return Ok(false);
        }
        let whole = |frame: &Self| arrow_select::concat::concat_batches(&frame.schema, &frame.batches);
        py.detach(|| Ok(whole(self)? == whole(other)?)).map_err(|error| wrong(&error))
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyCapsule>>) -> PyResult<Bound<'py, PyAny>> {
        let batches = self.batches.clone().into_iter().map(Ok);
        stream(py, Box::new(RecordBatchIterator::new(batches, Arc::clone(&self.schema))), requested_schema)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, self.schema.as_ref())?)
    }
}

/// Hands a stream over to whoever asks.
pub(crate) fn stream<'py>(
    py: Python<'py>,
    reader: Box<dyn arrow_array::RecordBatchReader + Send>,
    requested_schema: Option<Bound<'py, PyCapsule>>,
) -> PyResult<Bound<'py, PyAny>> {
    let reader = Bound::new(py, PyRecordBatchReader::new(reader))?;
    reader.call_method1("__arrow_c_stream__", (requested_schema,))
}

/// A frame from the bytes of an Arrow stream.
#[pyfunction]
pub(crate) fn read_frame(py: Python<'_>, data: &[u8]) -> PyResult<RawFrame> {
    let read = || {
        let reader = StreamReader::try_new(Cursor::new(data), None)?;
        let schema = reader.schema();
        Ok(RawFrame { schema, batches: reader.collect::<Result<_, _>>()? })
    };
    py.detach(read).map_err(|error: ArrowError| wrong(&error))
}

/// A frame of columns of texts, then columns of whole numbers.
#[pyfunction]
pub(crate) fn frame_of(texts: Vec<(String, Vec<Option<String>>)>, numbers: Vec<(String, Vec<Option<i64>>)>) -> PyResult<RawFrame> {
    let texts = texts.into_iter().map(|(name, values)| (Field::new(name, DataType::Utf8, true), Arc::new(StringArray::from(values)) as ArrayRef));
    let numbers = numbers.into_iter().map(|(name, values)| (Field::new(name, DataType::Int64, true), Arc::new(Int64Array::from(values)) as ArrayRef));
    let (fields, columns): (Vec<Field>, Vec<ArrayRef>) = texts.chain(numbers).unzip();
    let schema = Arc::new(Schema::new(fields));
    let batch = RecordBatch::try_new(Arc::clone(&schema), columns).map_err(|error| wrong(&error))?;
    Ok(RawFrame { schema, batches: vec![batch] })
}

/// One frame of many.
#[pyfunction]
pub(crate) fn join_frames(frames: Vec<PyRef<'_, RawFrame>>, like: &RawFrame) -> RawFrame {
    RawFrame { schema: Arc::clone(&like.schema), batches: frames.iter().flat_map(|frame| frame.batches.iter().cloned()).collect() }
}
