//! The boxes of notes, in the drawing language of old office programs. It is no XML that a strict reader accepts: it is searched as text.

use std::collections::BTreeSet;

use super::sheet::{Cell, Lie};

const KIND: &str = "_x0000_t202";
const NAMESPACES: [(&str, &str); 3] =
    [("v", "urn:schemas-microsoft-com:vml"), ("o", "urn:schemas-microsoft-com:office:office"), ("x", "urn:schemas-microsoft-com:office:excel")];

/// A drawing without boxes.
pub(super) fn empty() -> String {
    let namespaces: Vec<String> = NAMESPACES.iter().map(|(prefix, name)| format!("xmlns:{prefix}=\"{name}\"")).collect();
    format!("<xml {}><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"1\"/></o:shapelayout></xml>", namespaces.join(" "))
}

/// Takes the boxes of some notes away, whatever program has written them.
pub(super) fn without(text: &str, cells: &BTreeSet<Cell>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, close)) = shape(rest) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let Some((inside, after)) = from.split_once(&close) else { break };
        out.push_str(before);
        let cell = value(inside, "Row").zip(value(inside, "Column"));
        if !(inside.contains("ObjectType=\"Note\"") && cell.is_some_and(|cell| cells.contains(&cell))) {
            out.push_str(inside);
            out.push_str(&close);
        }
        rest = after;
    }
    out + rest
}

/// Where the next shape begins, and how it ends.
fn shape(text: &str) -> Option<(usize, String)> {
    text.match_indices(":shape ").find_map(|(colon, _)| {
        let before = text.get(..colon)?;
        let at = before.rfind('<')?;
        let prefix = before.get(at + 1..)?;
        prefix.chars().all(|c| c.is_alphanumeric() || c == '_').then(|| (at, format!("</{prefix}:shape>")))
    })
}

/// The number in an element of a shape.
fn value(shape: &str, name: &str) -> Option<u32> {
    let (_, value) = shape.split_once(&format!(":{name}>"))?;
    value.split_once('<')?.0.trim().parse().ok()
}

/// Adds boxes for notes, each high enough for its lines.
pub(super) fn with(text: &str, cells: &[(Cell, u32)], lie: &Lie) -> Option<String> {
    let end = text.rfind("</xml>")?;
    let (before, after) = text.split_at_checked(end)?;
    let declared: String =
        NAMESPACES.iter().map(|(prefix, name)| format!(" xmlns:{prefix}=\"{name}\"")).filter(|stated| !text.contains(stated)).collect();
    let mut added = String::new();
    if !text.contains(&format!("id=\"{KIND}\"")) && !cells.is_empty() {
        added.push_str(&format!(
            "<v:shapetype{declared} id=\"{KIND}\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/>\
             <v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>"
        ));
    }
    let mut number = text.split("_x0000_s").skip(1).filter_map(number_at_start).max().unwrap_or(1024);
    for ((row, col), lines) in cells {
        number += 1;
        let lines = (*lines).min(24);
        let anchor = lie.anchor((*row, *col), (WIDTH, 12 + 18 * lines)).map(|n| n.to_string()).join(", ");
        added.push_str(&format!(
            "<v:shape{declared} id=\"_x0000_s{number}\" type=\"#{KIND}\" style=\"position:absolute;visibility:hidden\" fillcolor=\"#fff8dc\" o:insetmode=\"auto\">\
             <v:fill color2=\"#fff8dc\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
             <v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/>\
             <x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{col}</x:Column></x:ClientData></v:shape>"
        ));
    }
    Some(format!("{before}{added}{after}"))
}

/// The width of a box in pixels, and in characters of half width.
pub(super) const WIDTH: u32 = 340;
pub(super) const COLUMNS: u8 = 46;

fn number_at_start(text: &str) -> Option<u32> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).take(9).collect();
    digits.parse().ok()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn boxes_come_and_go_and_others_stay() {
        let theirs = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
                      xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><v:shapetype id=\"_x0000_t202\"></v:shapetype><v:shape id=\"_x0000_s1030\">\
                      <div>an open <br> tag</div><x:ClientData ObjectType=\"Note\"><x:Row>1</x:Row><x:Column>1</x:Column></x:ClientData></v:shape></xml>";
        let drawn = with(theirs, &[((3, 4), 2)], &Lie::default()).unwrap();
        assert!(drawn.contains("id=\"_x0000_s1031\"") && drawn.contains("<x:Row>3</x:Row><x:Column>4</x:Column>"));
        assert_eq!(without(&drawn, &BTreeSet::from([(3, 4)])), theirs);
        assert_eq!(without(&drawn, &BTreeSet::new()), drawn);
        let others = "<xml xmlns:n=\"urn:schemas-microsoft-com:vml\"><n:shape id=\"a\"><q:ClientData ObjectType=\"Note\"><q:Row>3</q:Row><q:Column>4</q:Column>\
                      </q:ClientData></n:shape><n:shape id=\"b\"/></xml>";
        assert_eq!(without(others, &BTreeSet::from([(3, 4)])), "<xml xmlns:n=\"urn:schemas-microsoft-com:vml\"><n:shape id=\"b\"/></xml>");
        assert!(with(others, &[((0, 0), 1)], &Lie::default()).unwrap().contains("<v:shape xmlns:v="));
        assert!(with("no drawing", &[], &Lie::default()).is_none());
        let fresh = with(&empty(), &[((0, 0), 1)], &Lie::default()).unwrap();
        assert!(fresh.contains("<v:shapetype id=") && fresh.ends_with("</v:shape></xml>"));
    }
}
