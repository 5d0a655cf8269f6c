//! `talent index`: an index from two tables.

use std::ops::ControlFlow;

use talent_model::diagnostic::{Diagnostic, Severity};
use talent_model::document::Document;
use talent_model::id::Line;
use talent_model::index::IndexMethod;
use talent_score::index::{IndexError, Pipeline};
use talent_score::robust::{RobustError, RobustIndex, usual_index_study};

use crate::args::{IndexArgs, IndexBuild, IndexCommand, IndexRobustness, IndexTables, TableFormat};
use crate::input::Source;
use crate::render::findings::Findings;
use crate::render::report::{Report, pretty};
use crate::render::text::Page;
use crate::render::{audit, index as render, robustness as sure};
use crate::tables::{Columns, Read, read};
use crate::{Outcome, Session, Status};

use super::robustness::{chosen, refused, told};
use super::{faults, open, refuse};

pub(crate) fn run(args: &IndexArgs, session: &mut Session<'_>) -> Outcome {
    let outcome = match &args.command {
        IndexCommand::Build(args) => build(args, session),
        IndexCommand::Audit(args) => audited(args, session),
        IndexCommand::Robustness(args) => robustness(args, session),
    };
    match outcome {
        Ok(outcome) | Err(outcome) => outcome,
    }
}

/// What a command line names, read.
struct Given {
    read: Read,
    source: Source,
    method: IndexMethod,
    limits: talent_model::workbook::Intake,
}

fn given(args: &IndexTables, all: bool, session: &mut Session<'_>) -> Result<Given, Outcome> {
    let source = open(&args.method, session).map_err(|report| refuse(&report, all, session))?;
    let method = IndexMethod::from_json(&source.bytes).map_err(|error| refuse(&faults(&source, error.diagnostics, session.limits), all, session))?;
    let columns = Columns { unit: args.unit.as_deref(), time: args.time.as_deref() };
    let read = read(&args.indicators, &args.values, &columns, session).map_err(|reports| refused(&reports, all, session))?;
    Ok(Given { read, source, method, limits: session.limits })
}

impl Given {
    fn pipeline(&self, all: bool, session: &Session<'_>) -> Result<Pipeline<'_>, Outcome> {
        Pipeline::new(&self.read.table, &self.method).map_err(|error| self.wrong(&error.diagnostics, all, session))
    }

    /// What is wrong with tables or method, each at its place.
    fn wrong(&self, found: &[Diagnostic], all: bool, session: &Session<'_>) -> Outcome {
        refused(&self.reports(found), all, session)
    }

    fn reports(&self, found: &[Diagnostic]) -> Vec<Report> {
        let (mut reports, others) = self.read.reports(found);
        if !others.is_empty() {
            reports.push(faults(&self.source, others, self.limits));
        }
        reports
    }

    /// What is worth knowing, after what was asked for.
    fn add(&self, found: &[Diagnostic], all: bool, session: &Session<'_>, page: &mut Page) {
        for report in self.reports(found) {
            page.gap();
            let of = Findings { label: &report.label, text: report.text.as_deref(), diagnostics: &report.examined.diagnostics };
            of.print(all, session.lang, session.style, page);
        }
    }
}

fn build(args: &IndexBuild, session: &mut Session<'_>) -> Result<Outcome, Outcome> {
    let given = given(&args.tables, args.all, session)?;
    let outcome = given.pipeline(args.all, session)?.run().map_err(|IndexError { diagnostics }| given.wrong(&diagnostics, args.all, session))?;
    let product = match args.format {
        TableFormat::Json => pretty(&serde_json::to_value(outcome.document(&given.read.table)).unwrap_or_default()),
        TableFormat::Csv => render::csv(&outcome),
        TableFormat::Text => {
            let mut page = Page::default();
            render::print(&outcome, args.all, session.lang, session.style, &mut page);
            given.add(&outcome.diagnostics, args.all, session, &mut page);
            page.done()
        }
    };
    Ok(Outcome::of(Status::Clean, product))
}

fn audited(args: &IndexBuild, session: &mut Session<'_>) -> Result<Outcome, Outcome> {
    let given = given(&args.tables, args.all, session)?;
    let found = given.pipeline(args.all, session)?.audit().map_err(|IndexError { diagnostics }| given.wrong(&diagnostics, args.all, session))?;
    let product = match args.format {
        TableFormat::Json => pretty(&serde_json::to_value(&found).unwrap_or_default()),
        TableFormat::Csv => audit::csv(&found),
        TableFormat::Text => {
            let mut page = Page::default();
            audit::print(&found, session.lang, session.style, &mut page);
            given.add(&found.diagnostics, args.all, session, &mut page);
            page.done()
        }
    };
    Ok(Outcome::of(Status::Clean, product))
}

fn robustness(args: &IndexRobustness, session: &mut Session<'_>) -> Result<Outcome, Outcome> {
    let given = given(&args.tables, args.all, session)?;
    let mut study = chosen(&args.study, usual_index_study(), args.all, session)?;
    study.period = args.period.as_deref().and_then(|period| Line::new(period).ok()).or(study.period);
    let pipeline = given.pipeline(args.all, session)?;
    let robust = match RobustIndex::new(&pipeline, &study) {
        Ok(robust) => robust,
        Err(RobustError::Study(found)) => {
            let (reports, others) = given.read.reports(&found);
            let worst = |found: &[Diagnostic]| found.iter().any(|d| d.severity == Severity::Error);
            return Err(if worst(&others) {
                told(&others, args.study.study.as_deref(), args.all, session)
            } else {
                refused(&reports, args.all, session)
            });
        }
        Err(RobustError::Submissions(_) | RobustError::Stopped) => return Err(Outcome::failed(Status::CouldNotRun, String::new())),
    };
    let Ok(analysis) = robust.run(&mut |_, _| ControlFlow::Continue(())) else { return Err(Outcome::failed(Status::CouldNotRun, String::new())) };
    let document = robust.document(&analysis);
    let product = match args.format {
        TableFormat::Json => document.to_json(),
        TableFormat::Csv => sure::csv(&document),
        TableFormat::Text => sure::print(&document, None, args.all, session.lang, session.style),
    };
    Ok(Outcome::of(Status::Clean, product))
}
