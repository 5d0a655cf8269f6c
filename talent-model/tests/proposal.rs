//! The planners' pages about the reference standard say what the standard says, in both languages, and speak to planners.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::unreachable, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use talent_model::quantity::Quantity;
use talent_model::standard::{Binding, Condition, Criterion, Gate, GradeGates, Indicator, Rule};
use talent_model::{Lang, reference};

const LANGS: [Lang; 2] = [Lang::Zh, Lang::En];

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/standard"))
}

fn page(lang: Lang) -> String {
    std::fs::read_to_string(folder().join(format!("proposal.{}.md", lang.tag()))).unwrap()
}

/// The lines of one numbered section, its heading first.
fn section(page: &str, number: usize) -> Vec<&str> {
    let (begin, end) = (format!("## {number} "), format!("## {} ", number + 1));
    page.lines().skip_while(|line| !line.starts_with(&begin)).take_while(|line| !line.starts_with(&end)).collect()
}

/// Every table: its rows without the heading and the rule below it.
fn tables(lines: &[&str]) -> Vec<Vec<Vec<String>>> {
    let cells = |line: &&str| line.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    lines
        .chunk_by(|a, b| a.starts_with('|') == b.starts_with('|'))
        .filter(|run| run[0].starts_with('|'))
        .map(|run| run[2..].iter().map(cells).collect())
        .collect()
}

fn text(zh: &'static str, en: &'static str, lang: Lang) -> &'static str {
    if lang == Lang::Zh { zh } else { en }
}

fn percent(share: f64, lang: Lang) -> String {
    format!("{:.0}{}", share * 100.0, text("%", " %", lang))
}

fn indicators() -> Vec<&'static Indicator> {
    reference::standard().indicators().into_iter().map(|(_, indicator)| indicator).collect()
}

fn code(indicator: &Indicator) -> &str {
    indicator.code.as_ref().unwrap().as_str()
}

fn criterion<'i>(indicator: &'i Indicator, stage: &str) -> &'i Criterion {
    indicator.criterion(stage).unwrap()
}

fn required(indicator: &Indicator, stage: &str) -> bool {
    criterion(indicator, stage).binding == Binding::Required
}

fn gates(stage: &str) -> usize {
    indicators().into_iter().filter(|i| required(i, stage)).count()
}

#[test]
fn the_table_of_grades_is_the_standards() {
    let standard = reference::standard();
    let eligibility = standard.method.eligibility.as_ref().unwrap();
    for lang in LANGS {
        let rows = standard.grades.iter().map(|grade| {
            let gates = |stage| {
                if grade.gates == Some(GradeGates::None) { text("不要求", "not asked", lang).to_owned() } else { gates(stage).to_string() }
            };
            let needs: Vec<String> = grade
                .requires
                .iter()
                .map(|need| {
                    let indicator = indicators().into_iter().find(|i| i.id == need.indicator).unwrap();
                    format!("{} {}", code(indicator), indicator.name.in_language(lang))
                })
                .collect();
            assert!(grade.floors.is_empty() && grade.stages.is_empty(), "the table has no column for them");
            vec![
                grade.name.in_language(lang).to_owned(),
                grade.total.get().to_string(),
                grade.floor.map_or("—".to_owned(), |floor| floor.get().to_string()),
                gates("built"),
                gates("new"),
                percent(grade.coverage.or(eligibility.coverage).unwrap().get(), lang),
                percent(eligibility.scenario_coverage.unwrap().get(), lang),
                if needs.is_empty() { "—".to_owned() } else { needs.join(text("；", "; ", lang)) },
            ]
        });
        assert_eq!(tables(&section(&page(lang), 4))[0], rows.collect::<Vec<_>>());
    }
}

/// A gate as a cell says it: its sign, its number and its unit by name.
fn gate(indicator: &Indicator, stage: &str, lang: Lang) -> String {
    let criterion = criterion(indicator, stage);
    if criterion.binding != Binding::Required {
        return "—".to_owned();
    }
    let (sign, number) = match criterion.gate.as_ref().unwrap() {
        Gate { at_least: Some(least), at_most: None, .. } => ('≥', least.get()),
        Gate { at_least: None, at_most: Some(most), .. } => ('≤', most.get()),
        other => unreachable!("a gate that the table cannot say: {other:?}"),
    };
    match (indicator.quantity_in(criterion), lang) {
        (Quantity::YesNo(_), _) if number == 1.0 => text("是", "yes", lang).to_owned(),
        (Quantity::YesNo(_), _) => unreachable!("a gate that asks for no"),
        (Quantity::Level(_), Lang::Zh) => format!("{sign} {number} 级"),
        (Quantity::Level(_), Lang::En) => format!("{sign} level {number}"),
        (Quantity::Checklist(_), _) => format!("{sign} {number} {}", text("项", "items", lang)),
        (Quantity::Number(answer), _) => {
            let unit = indicator.per.as_ref().map_or(&answer.unit, |per| &per.unit);
            match reference::standard().unit_name(unit, lang) {
                "%" => format!("{sign} {number}{}", text("%", " %", lang)),
                name => format!("{sign} {number} {name}"),
            }
        }
    }
}

#[test]
fn the_list_of_gates_is_the_standards() {
    for lang in LANGS {
        let gated = indicators().into_iter().filter(|i| required(i, "built") || required(i, "new"));
        let rows = gated.map(|i| vec![code(i).to_owned(), i.name.in_language(lang).to_owned(), gate(i, "built", lang), gate(i, "new", lang)]);
        assert_eq!(tables(&section(&page(lang), 4))[1], rows.collect::<Vec<_>>());
    }
}

#[test]
fn the_types_and_their_modules_are_the_standards() {
    let standard = reference::standard();
    for lang in LANGS {
        let rows = standard.modules.iter().map(|module| {
            let Condition::Fact(of) = &module.applies.when else { unreachable!("a module is for one type") };
            let choices = &standard.facts.get(of.fact.as_str()).unwrap().choices;
            let kind = choices.iter().find(|choice| Some(&choice.id) == of.choice.as_ref()).unwrap();
            let about = module.description.as_ref().unwrap().in_language(lang).trim_end_matches(['。', '.']);
            vec![kind.name.in_language(lang).to_owned(), about.to_owned(), module.indicators().len().to_string()]
        });
        assert_eq!(tables(&section(&page(lang), 6))[0], rows.collect::<Vec<_>>());
    }
}

#[test]
fn the_weight_sets_are_the_standards() {
    let standard = reference::standard();
    for lang in LANGS {
        let page = page(lang);
        let lines = section(&page, 5);
        let head: Vec<&str> = lines.iter().find(|line| line.starts_with('|')).unwrap().trim_matches('|').split('|').skip(2).map(str::trim).collect();
        assert_eq!(head, standard.weight_sets.iter().map(|set| set.name.in_language(lang)).collect::<Vec<_>>());
        let rows = standard.scenarios.iter().map(|scenario| {
            assert!(scenario.weight.is_none(), "the base is equally weighted");
            let mut row = vec![format!("{} {}", scenario.code.as_ref().unwrap(), scenario.name.in_language(lang)), "1".to_owned()];
            row.extend(standard.weight_sets.iter().map(|set| set.weights.get(scenario.id.as_str()).map_or(1.0, |weight| weight.get()).to_string()));
            row
        });
        assert_eq!(tables(&lines)[0], rows.collect::<Vec<_>>());
        // Nothing but scenarios has a weight of its own, or the table would hide it.
        assert!(standard.weight_sets.iter().all(|set| set.weights.keys().all(|node| standard.scenarios.iter().any(|s| s.id == *node))));
    }
}

#[test]
fn the_counts_in_the_sentences_are_the_standards() {
    let both = indicators().into_iter().filter(|i| required(i, "built") && required(i, "new")).count();
    let (built, new) = (gates("built"), gates("new"));
    assert_eq!(built, both, "a gate in built areas only would need other sentences");
    let (turning, guided, all) = (new - both, indicators().len() - new, built + new);
    let share = reference::standard().stages[0].completed_share.unwrap().get() * 100.0;
    let zh = [
        format!("### 2.1 以规划建筑面积完成 {share:.0}% 为线"),
        format!("- {turning} 项指标由控制变为引导，{both} 项仍是控制；"),
        format!("新建区的 {new} 道门槛在建设期间一直要看"),
        format!(
            "全部为已建区的社区看 {built} 道；全部为新建区的看 {new} 道；两者兼有的，已建圈层合看 {built} 道，新建圈层合看 {new} 道，共 {all} 道。"
        ),
        format!("两列都有数的 {both} 项，两个阶段都是门槛；只有新建区一列有数的 {turning} 项，在已建区只作引导。其余 {guided} 项"),
    ];
    let en = [
        format!("### 2.1 The line at {share:.0} % of the planned floor area"),
        format!("- {turning} indicators turn from gates into guidance, and {both} remain gates;"),
        format!("The {new} gates\nof new areas are watched"),
        format!(
            "{built} if all of it is built, {new} if all of it is new; where there are both, {built} are tested over the built zones together and {new} over the new ones, {all} in all."
        ),
        format!(
            "The {both} with a number in both columns are gates in both stages; the {turning} with a number for new areas only are guidance in built areas. The remaining {guided}"
        ),
    ];
    for (lang, sentences) in [(Lang::Zh, zh), (Lang::En, en)] {
        let page = page(lang);
        for sentence in sentences {
            assert!(page.contains(&sentence), "{sentence}");
        }
    }
}

/// The value that scores 60, and whether more is better.
fn pass(rule: &Rule) -> Option<(f64, bool)> {
    let Rule::Piecewise(line) = rule else { return None };
    let at = line.points.iter().find(|point| point.score.get() == 60.0)?.at.get();
    Some((at, line.points.first()?.score < line.points.last()?.score))
}

#[test]
fn only_the_named_pass_values_rise_when_a_zone_is_built() {
    let harder: Vec<&str> = indicators()
        .into_iter()
        .filter(|i| match (pass(&criterion(i, "built").rule), pass(&criterion(i, "new").rule)) {
            (Some((built, up)), Some((new, _))) => {
                if up {
                    built > new
                } else {
                    built < new
                }
            }
            _ => false,
        })
        .map(code)
        .collect();
    for (lang, sentence) in [
        (Lang::Zh, format!("只有 {} 两项的通过值反而提高", harder.join(" 和 "))),
        (Lang::En, format!("Only {} have a higher pass value", harder.join(" and "))),
    ] {
        assert!(page(lang).contains(&sentence), "{sentence}");
    }
}

#[test]
fn the_heaviest_and_the_lightest_indicators_are_named() {
    let mut by_weight: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let scenarios = reference::standard().scenarios.len();
    for (above, indicator) in reference::standard().indicators() {
        let sizes = scenarios * above[0].categories.len() * above[1].indicators.len();
        by_weight.entry(format!("{sizes:05}")).or_default().push(code(indicator));
    }
    let (heaviest, lightest) = (by_weight.first_key_value().unwrap(), by_weight.last_key_value().unwrap());
    let share = |size: &str| format!("{:.2}", 100.0 / size.parse::<f64>().unwrap());
    assert!(heaviest.1.iter().all(|code| code.starts_with("TRN-4.")) && heaviest.1.len() == 2, "{heaviest:?}");
    assert!(lightest.1.iter().all(|code| code.starts_with("TRN-2.")) && lightest.1.len() == 5, "{lightest:?}");
    let (most, least) = (share(heaviest.0), share(lightest.0));
    assert!(page(Lang::Zh).contains(&format!("最重的是 TRN-4 的两项，各占总分 {most}%；最轻的是 TRN-2 的五项，各占 {least}%")));
    assert!(page(Lang::En).contains(&format!(
        "The two of TRN-4 are the heaviest, with {most} % of the total each; the five of TRN-2 are the lightest, with {least} % each"
    )));
}

#[test]
fn what_is_not_asked_for_is_listed_in_full() {
    let asked: Vec<&str> = indicators().into_iter().filter(|i| i.criteria.iter().any(|c| c.applies.is_some())).map(code).collect();
    for (lang, begin) in [(Lang::Zh, "“不适用”与缺失不同。"), (Lang::En, "“Not applicable” is another thing.")] {
        let page = page(lang);
        let line = page.lines().find(|line| line.starts_with(begin)).unwrap();
        let named: Vec<&str> = line.split(['（', '）', '(', ')']).filter(|part| part.contains('-') && part.len() == "EDU-2.2".len()).collect();
        assert_eq!(named, asked);
    }
}

#[test]
fn both_pages_have_the_same_skeleton() {
    let skeleton = |lang| {
        let page = page(lang);
        let lines: Vec<&str> = page.lines().collect();
        let headings: Vec<(usize, String)> = lines
            .iter()
            .filter(|line| line.starts_with('#'))
            .map(|line| (line.chars().take_while(|c| *c == '#').count(), line.split(' ').nth(1).unwrap().to_owned()))
            .skip(1)
            .collect();
        let shapes: Vec<Vec<usize>> = tables(&lines).iter().map(|table| table.iter().map(Vec::len).collect()).collect();
        let points =
            lines.iter().filter(|line| line.starts_with("- ") || line.split(". ").next().is_some_and(|n| n.parse::<usize>().is_ok())).count();
        (headings, shapes, points)
    };
    assert!(skeleton(Lang::Zh).0.len() > 8);
    assert_eq!(skeleton(Lang::Zh), skeleton(Lang::En));
}

/// What a mark such as “(read: 5)” says of a document is what the list says of it, and nothing is listed in vain.
#[test]
fn every_mark_agrees_with_the_list_of_documents() {
    for (lang, open, colon, words) in [(Lang::Zh, '〔', '：', ["读", "引", "忆"]), (Lang::En, '(', ':', ["read", "quoted", "remembered"])] {
        let page = page(lang);
        let list = section(&page, 8);
        let known = |line: &str| words.into_iter().find(|word| line.contains(&format!("{open}{word}")));
        let listed: BTreeMap<usize, &str> =
            list.iter().filter_map(|line| Some((line.split_once(". ")?.0.parse().ok()?, known(line).unwrap()))).collect();
        let mut marked = BTreeMap::new();
        for part in page.split(open).skip(1) {
            let Some((word, rest)) = part.split_once(colon) else { continue };
            let Some(word) = words.into_iter().find(|known| *known == word) else { continue };
            let number = rest.trim_start().chars().take_while(char::is_ascii_digit).collect::<String>().parse::<usize>().unwrap();
            assert!(marked.insert(number, word).is_none_or(|before| before == word), "{number} is known in two ways");
        }
        assert_eq!(marked, listed);
    }
}

/// What a reader sees: without addresses and the targets of links.
fn visible(page: &str) -> String {
    let (mut seen, mut until, mut before) = (String::new(), None, ' ');
    for c in page.chars() {
        match until {
            Some(end) if c == end => until = None,
            Some(_) => {}
            None if c == '<' => until = Some('>'),
            None if c == '(' && before == ']' => until = Some(')'),
            None => seen.push(c),
        }
        before = c;
    }
    seen
}

#[test]
fn planners_meet_no_word_of_software() {
    let zh = [
        "引擎",
        "数据模型",
        "数据结构",
        "代码",
        "源码",
        "编码",
        "程序",
        "命令",
        "接口",
        "软件",
        "脚本",
        "编程",
        "字段",
        "文件名",
        "仓库",
        "算法",
        "编译",
        "摘要",
    ];
    let en = [
        "json",
        "schema",
        "schemas",
        "engine",
        "software",
        "code",
        "codes",
        "command",
        "commands",
        "model",
        "rust",
        "python",
        "api",
        "cli",
        "parser",
        "parse",
        "repository",
        "compile",
        "compiler",
        "algorithm",
        "program",
        "script",
        "file",
        "files",
        "string",
        "boolean",
        "null",
        "digest",
        "github",
        "md",
        "sha256",
    ];
    for lang in LANGS {
        let seen = visible(&page(lang)).to_lowercase();
        assert!(seen.len() > 10_000, "the page was not read");
        for word in zh {
            assert!(!seen.contains(word), "{word}");
        }
        for word in seen.split(|c: char| !c.is_ascii_alphanumeric()) {
            assert!(!en.contains(&word), "{word}");
        }
    }
}

#[test]
fn the_index_leads_to_every_page_and_no_link_is_dead() {
    let links = |name: &str| -> Vec<String> {
        let text = std::fs::read_to_string(folder().join(name)).unwrap();
        text.split("](").skip(1).map(|part| part.split(')').next().unwrap().to_owned()).collect()
    };
    let mut pages: Vec<String> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    pages.retain(|name| name != "README.md");
    let mut indexed = links("README.md");
    pages.sort_unstable();
    indexed.sort_unstable();
    assert_eq!(indexed, pages);
    for name in ["proposal.zh.md", "proposal.en.md"] {
        for link in links(name) {
            assert!(folder().join(&link).exists(), "{name} leads to {link}");
        }
    }
}
