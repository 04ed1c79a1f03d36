//! The whole data set, when `DISPATCH_BENCH_CONVERSATIONS` names its folder.

use std::path::Path;

use super::read;
use super::ticket;
use crate::load::script::Script;

#[test]
fn the_folder_holds_what_its_paper_says() {
    let Ok(folder) = std::env::var("DISPATCH_BENCH_CONVERSATIONS") else {
        eprintln!("skipped: DISPATCH_BENCH_CONVERSATIONS is not set");
        return;
    };
    let corpus = read::folder(Path::new(&folder)).unwrap();
    assert_eq!(corpus.domains(), ["airline", "fastfood", "finance", "insurance", "media", "software"]);
    assert_eq!(corpus.conversations.len(), 4_247);
    assert_eq!(corpus.turns_read, 34_921);
    assert_eq!(corpus.blank_skipped, 17);

    let script = ticket::Conversations::new(corpus, None);
    let mut comments = 0;
    for index in 0..script.count() {
        let story = script.story(index);
        let body: serde_json::Value = serde_json::from_slice(&story.ticket).unwrap();
        let title = body["title"].as_str().unwrap();
        assert!((1..=500).contains(&title.chars().count()), "{title}");
        assert!(!title.contains(['\n', '\r', '\t']));
        comments += story.comments.len();
    }
    assert_eq!(script.count() + comments, 34_921 - 17);
}
