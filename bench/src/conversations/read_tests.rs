//! Small samples of the file format.

use super::*;

const HEADER: &str = "conversationId\tturnNumber\tutteranceId\tutterance\tslot-labels\tintent\n";

fn read(rows: &str) -> Result<Corpus> {
    let mut corpus = Corpus::default();
    file_into(&mut corpus, "airline", format!("{HEADER}{rows}").as_bytes())?;
    Ok(corpus)
}

#[test]
fn rows_of_one_conversation_come_together_in_order() {
    let corpus = read(
        "a\t2\ta2\tsecond\tO\tbookflight\n\
         b\t0\tb0\tother\tO\tbookflight\n\
         a\t0.0\ta0\tfirst\tO\topeninggreeting\n",
    )
    .unwrap();
    assert_eq!(corpus.turns_read, 3);
    let texts: Vec<Vec<&str>> =
        corpus.conversations.iter().map(|c| c.turns.iter().map(|turn| turn.text.as_str()).collect()).collect();
    assert_eq!(texts, [vec!["first", "second"], vec!["other"]]);
}

#[test]
fn quoted_fields_hold_tabs_and_line_breaks() {
    let corpus = read("a\t0\ta0\t\"line one\nline\ttwo \"\"x\"\"\"\tO\tbookflight\n").unwrap();
    assert_eq!(corpus.conversations[0].turns[0].text, "line one\nline\ttwo \"x\"");
}

#[test]
fn blank_texts_are_counted_and_left_out() {
    let corpus = read("a\t0\ta0\t\tO\tx\na\t1\ta1\t \"\"\tO\tx\na\t2\ta2\t  \tO\tx\n").unwrap();
    assert_eq!((corpus.turns_read, corpus.blank_skipped), (3, 2));
}

#[test]
fn slots_are_kept_once_and_without_o() {
    let corpus = read("a\t0\ta0\tto rome and oslo\tO city O city name\tx\n").unwrap();
    assert_eq!(corpus.conversations[0].turns[0].slots, ["city", "name"]);
}

#[test]
fn another_kind_of_file_is_refused() {
    let mut corpus = Corpus::default();
    let failure = file_into(&mut corpus, "x", "a\tb\n1\t2\n".as_bytes()).unwrap_err();
    assert!(failure.to_string().contains("conversationId"));
    assert!(read("a\tfirst\ta0\ttext\tO\tx\n").is_err());
}
