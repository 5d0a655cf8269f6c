//! From bytes to text: what the encoding is, and which bytes it does not know.

use encoding_rs::{DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// A text that was decoded.
pub(super) struct Decoded {
    pub(super) text: String,
    /// The encoding, by its usual name.
    pub(super) encoding: &'static str,
    /// Bytes that the encoding does not know: where in the text they would stand, and what they are. Of very many only the first.
    pub(super) faults: Vec<(usize, String)>,
    /// How many there are.
    count: usize,
}

/// Decodes a text by its byte order mark, else by what its bytes can be. UTF-8 comes first, since hardly any other text is it by chance.
pub(super) fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return by(encoding, bytes.get(mark..).unwrap_or_default());
    }
    if let Some(encoding) = without_mark(bytes) {
        return by(encoding, bytes);
    }
    let utf8 = by(UTF_8, bytes);
    // One broken byte among many good characters is a broken byte, and no other encoding.
    let good = utf8.text.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
    if utf8.count == 0 || good > utf8.count {
        return utf8;
    }
    by(GB18030, bytes)
}

/// UTF-16 that does not say so: of its ASCII characters every other byte is zero.
fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    const SEEN: usize = 512;
    let seen = bytes.get(..bytes.len().min(SEEN)).unwrap_or_default();
    let zeros = |odd: usize| seen.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0, zeros) if zeros * 8 >= seen.len().max(8) => Some(UTF_16LE),
        (zeros, 0) if zeros * 8 >= seen.len().max(8) => Some(UTF_16BE),
        _ => None,
    }
}

fn by(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    /// A file in another encoding has one in every line, and nobody reads more than a few.
    const KEPT: usize = 100;
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len());
    let (mut faults, mut count) = (Vec::new(), 0);
    // A piece at a time: a decoder that is given all the room there is clears it after every fault.
    let mut piece = [0; 1024];
    let mut rest = bytes;
    loop {
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(rest, &mut piece, true);
        text.push_str(piece.get(..written).and_then(|piece| std::str::from_utf8(piece).ok()).unwrap_or_default());
        let (done, after) = rest.split_at_checked(read).unwrap_or((rest, &[]));
        rest = after;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, beyond) => {
                count += 1;
                if count <= KEPT {
                    let end = done.len().saturating_sub(usize::from(beyond));
                    let start = end.saturating_sub(usize::from(length));
                    let bad = done.get(start..end).unwrap_or_default();
                    faults.push((text.len(), bad.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")));
                }
                text.push('\u{fffd}');
            }
        }
    }
    Decoded { text, encoding: encoding.name(), faults, count }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "indicator,value\n绿地率,30\n备注,“好”🏙\n";

    fn utf16(big: bool) -> Vec<u8> {
        TEXT.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn every_usual_encoding_is_told_by_its_bytes() {
        let (gb, _, _) = GB18030.encode(TEXT);
        for (bytes, encoding) in [
            (TEXT.as_bytes().to_vec(), "UTF-8"),
            ([b"\xef\xbb\xbf", TEXT.as_bytes()].concat(), "UTF-8"),
            (utf16(false), "UTF-16LE"),
            (utf16(true), "UTF-16BE"),
            ([b"\xff\xfe".to_vec(), utf16(false)].concat(), "UTF-16LE"),
            ([b"\xfe\xff".to_vec(), utf16(true)].concat(), "UTF-16BE"),
            (gb.into_owned(), "gb18030"),
        ] {
            let decoded = decode(&bytes);
            assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.faults.as_slice()), (TEXT, encoding, &[][..]));
        }
    }

    #[test]
    fn a_broken_byte_has_its_place_in_its_own_encoding() {
        let (gb, _, _) = GB18030.encode("名称,值\n朝阳,3\n");
        let mut bytes = gb.into_owned();
        bytes.splice(7..7, [0xff]);
        let decoded = decode(&bytes);
        assert_eq!((decoded.encoding, decoded.faults), ("gb18030", vec![("名称,值".len(), "FF".to_owned())]));
        let mut bytes = "名称,值\n朝阳,3\n".as_bytes().to_vec();
        bytes.splice(10..10, [0xff]);
        let decoded = decode(&bytes);
        assert_eq!((decoded.encoding, decoded.faults), ("UTF-8", vec![("名称,值".len(), "FF".to_owned())]));
    }

    #[test]
    fn no_bytes_are_lost_or_loop_for_ever() {
        for bytes in [&b""[..], b"\xff", b"\xff\xfe", b"\xff\xfe\x00", b"\x00", b"a\x00b", b"\x81", b"\x81\x30\x81", b"\xed\xa0\x80"] {
            let _ = decode(bytes);
        }
    }
}
