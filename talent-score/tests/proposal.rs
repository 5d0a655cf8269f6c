//! The worked example of the planners' pages shows the numbers that the engine gives.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::unreachable, reason = "a test fails by panicking")]

use talent_model::assessment::{Assessment, IndicatorResult};
use talent_model::quantity::Number;
use talent_model::standard::Rule;
use talent_model::{Document, Lang, Submission, reference};

const LANGS: [Lang; 2] = [Lang::Zh, Lang::En];
const STAGES: [(&str, [&str; 2]); 2] = [("built", ["已建区", "Built"]), ("new", ["新建区", "New"])];

fn read(path: &str) -> String {
    std::fs::read_to_string(format!("{}/../docs/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn submission() -> Submission {
    Submission::from_json(read("examples/new-shougang.submission.json").as_bytes()).unwrap()
}

fn assessment() -> Assessment {
    talent_score::assess(reference::standard(), &submission()).unwrap()
}

/// The section that begins with `### number` or `## number`.
fn section(lang: Lang, number: &str) -> String {
    let page = read(&format!("standard/proposal.{}.md", lang.tag()));
    let heading = |line: &str| line.starts_with('#') && line.split(' ').nth(1) == Some(number);
    let lines: Vec<&str> = page.lines().skip_while(|line| !heading(line)).collect();
    let end = lines.iter().skip(1).position(|line| line.starts_with('#')).unwrap() + 1;
    lines[..end].join("\n")
}

fn tables(text: &str) -> Vec<Vec<Vec<String>>> {
    let lines: Vec<&str> = text.lines().collect();
    let cells = |line: &&str| line.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    lines
        .chunk_by(|a, b| a.starts_with('|') == b.starts_with('|'))
        .filter(|run| run[0].starts_with('|'))
        .map(|run| run[2..].iter().map(cells).collect())
        .collect()
}

fn one(score: Option<Number>) -> String {
    format!("{:.1}", score.unwrap().get())
}

fn percent(share: f64, decimals: usize, lang: Lang) -> String {
    format!("{:.decimals$}{}", share * 100.0, if lang == Lang::Zh { "%" } else { " %" })
}

fn indicator<'a>(assessment: &'a Assessment, code: &str) -> &'a IndicatorResult {
    assessment.indicators.iter().find(|i| i.code.as_ref().is_some_and(|c| c.as_str() == code)).unwrap()
}

#[test]
fn the_zones_and_their_stages_are_the_examples() {
    let (submission, assessment) = (submission(), assessment());
    let zones = &submission.community.as_ref().unwrap().zones;
    for (at, lang) in LANGS.into_iter().enumerate() {
        let rows = zones.iter().zip(&assessment.plan.zones).map(|(zone, plan)| {
            let area = |area: Option<f64>| format!("{:.0}", area.unwrap() / 10_000.0);
            vec![
                zone.name.in_language(lang).to_owned(),
                area(zone.planned_floor_area.map(|a| a.get())),
                area(zone.completed_floor_area.map(|a| a.get())),
                percent(plan.completed_share.unwrap().get(), 0, lang),
                STAGES.iter().find(|(id, _)| plan.stage.as_str() == *id).unwrap().1[at].to_owned(),
            ]
        });
        assert_eq!(tables(&section(lang, "2.5"))[0], rows.collect::<Vec<_>>());
    }
}

#[test]
fn the_scores_of_the_stages_are_the_engines() {
    let assessment = assessment();
    for (at, lang) in LANGS.into_iter().enumerate() {
        let rows = &tables(&section(lang, "2.5"))[1];
        assert_eq!(rows.len(), 6);
        for row in rows {
            let stage = STAGES.iter().find(|(_, names)| names[at] == row[1]).unwrap().0;
            let trace = indicator(&assessment, &row[0]).stages.iter().find(|s| s.stage.as_str() == stage).unwrap();
            let segment = trace.segment.as_ref().unwrap();
            let end = |score: f64| if segment.from_score.get() == score { segment.from } else { segment.to };
            let line = format!("{}→{}", end(60.0).unwrap(), end(100.0).unwrap());
            let found = [format!("{:.3}", trace.measure.unwrap().get()), line, one(trace.score), percent(trace.weight.get(), 1, lang)];
            assert_eq!(row[4..8], found, "{} {stage}", row[0]);
            for input in &trace.inputs {
                let raw = input.raw.unwrap().to_string();
                assert!(row[2].split(['；', ';']).any(|zone| zone.trim_start().starts_with(&raw)), "{} lacks {raw}", row[0]);
            }
        }
    }
}

#[test]
fn the_scores_of_indicators_categories_and_scenario_are_the_engines() {
    let assessment = assessment();
    for lang in LANGS {
        let text = section(lang, "2.5");
        let tables = tables(&text);
        let codes: Vec<&str> = tables[2].iter().map(|row| row[0].as_str()).collect();
        assert_eq!(codes, ["LIV-1.1", "LIV-1.2", "LIV-1.3", "LIV-1.4"]);
        for row in &tables[2] {
            let result = indicator(&assessment, &row[0]);
            assert_eq!((row[1].as_str(), row[3].clone()), (result.name.in_language(lang), one(result.score)), "{}", row[0]);
        }
        assert_eq!(tables[3].len(), 5);
        for row in &tables[3] {
            let node = assessment.nodes.iter().find(|n| n.code.as_ref().is_some_and(|c| c.as_str() == row[0])).unwrap();
            assert_eq!((row[1].as_str(), row[3].clone()), (node.name.in_language(lang), one(node.score.score)), "{}", row[0]);
        }
        let worst = assessment.nodes.iter().filter(|n| n.parent.is_none()).min_by(|a, b| a.score.score.partial_cmp(&b.score.score).unwrap()).unwrap();
        let name = worst.name.in_language(lang).to_lowercase();
        let total = one(assessment.total.score);
        let sentences = if lang == Lang::Zh {
            [format!("九个场景平均，总分 {total}。"), format!("最低的{name} {}", one(worst.score.score))]
        } else {
            [format!("The mean of the nine scenarios is a total of {total}."), format!("the lowest is {name}, {}", one(worst.score.score))]
        };
        for sentence in sentences {
            assert!(text.contains(&sentence), "{sentence}");
        }
    }
}

/// By its scores the example is above one star and short of two, and gates alone stand before the first.
#[test]
fn the_gates_that_stand_in_the_way_are_named() {
    let assessment = assessment();
    let (one, two) = (&reference::standard().grades[1], &reference::standard().grades[2]);
    let total = assessment.total.score.unwrap().get();
    assert!(total >= one.total.get() && total < two.total.get());
    assert!(assessment.nodes.iter().filter(|n| n.parent.is_none()).all(|n| n.score.score.unwrap().get() >= one.floor.unwrap().get()));
    assert_eq!(assessment.grade.awarded.as_ref().unwrap().as_str(), "progressing");
    let mut barred: Vec<(&str, Option<Number>)> = Vec::new();
    for result in &assessment.indicators {
        if let Some(obstacle) = assessment.grade.obstacles.iter().find(|o| o.node.as_ref() == Some(&result.id)) {
            assert_eq!(obstacle.stage.as_ref().unwrap().as_str(), "new");
            barred.push((result.code.as_ref().unwrap().as_str(), obstacle.found));
        }
    }
    assert_eq!(barred.len(), assessment.grade.obstacles.len());
    for lang in LANGS {
        let text = section(lang, "2.5");
        let bullets: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("- ")).collect();
        assert_eq!(bullets.len(), barred.len());
        for (code, found) in &barred {
            let bullet = bullets.iter().find(|bullet| bullet.starts_with(code)).unwrap();
            if let Some(found) = found {
                let decimals = if found.get() < 10.0 { 3 } else { 2 };
                assert!(bullet.contains(&format!("{:.decimals$}", found.get())), "{bullet}");
            }
        }
    }
}

#[test]
fn the_bounds_and_the_coverage_are_the_engines() {
    let assessment = assessment();
    let air = indicator(&assessment, "LIV-2.3");
    let total = &assessment.total;
    for lang in LANGS {
        let text = section(lang, "3.4");
        let coverage = percent(total.coverage.get(), 0, lang);
        let (low, high, score) = (format!("{:.1}", total.low.get()), format!("{:.1}", total.high.get()), one(total.score));
        let (known, least, most) = (one(air.score), one(air.low), one(air.high));
        let sentences = if lang == Lang::Zh {
            [format!("总分 {score}，必在 {low} 与 {high} 之间，覆盖率 {coverage}"), format!("照常计分 {known}（必在 {least} 与 {most} 之间）")]
        } else {
            [
                format!("total of {score} surely lies between {low} and {high}, at a coverage of {coverage}"),
                format!("scores {known} (surely between {least} and {most})"),
            ]
        };
        for sentence in sentences {
            assert!(text.contains(&sentence), "{sentence}");
        }
    }
}

/// The same value under the criteria of both stages, along the line from 60 to 100.
#[test]
fn the_jump_at_the_line_is_the_one_of_the_standard() {
    let assessment = assessment();
    let result = indicator(&assessment, "LIV-1.1");
    let inputs = result.stages.iter().flat_map(|stage| stage.inputs.iter());
    let measure = inputs.clone().find(|input| input.zone.as_ref().is_some_and(|zone| zone.as_str() == "core-new")).unwrap().measure.unwrap().get();
    let (_, asked) = reference::standard().indicators().into_iter().find(|(_, i)| i.id == result.id).unwrap();
    let score = |stage: &str| {
        let Rule::Piecewise(line) = &asked.criterion(stage).unwrap().rule else { unreachable!("the rule is a line") };
        let at = |score: f64| line.points.iter().find(|point| point.score.get() == score).unwrap().at.get();
        format!("{:.1}", 60.0 + (measure - at(60.0)) / (at(100.0) - at(60.0)) * 40.0)
    };
    for (lang, sentences) in [
        (Lang::Zh, [format!("{measure:.2} 套"), format!("按新建区得 {} 分", score("new")), format!("按已建区得 {} 分", score("built"))]),
        (
            Lang::En,
            [
                format!("{measure:.2} talent dwellings"),
                format!("as a new area it scores {}", score("new")),
                format!("as a built area {}", score("built")),
            ],
        ),
    ] {
        for sentence in sentences {
            assert!(section(lang, "2.4").contains(&sentence), "{sentence}");
        }
    }
}
