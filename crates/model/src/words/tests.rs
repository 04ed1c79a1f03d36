use proptest::prelude::*;

use super::*;

fn all(text: &str) -> String {
    words(text).join(" ")
}

/// Whether whoever looks for `asked` finds `text`, by the rule of the contract.
fn finds(text: &str, asked: &str) -> bool {
    let words = words(text);
    query(asked).iter().all(|asked| words.iter().any(|word| word.starts_with(asked.as_str())))
}

#[test]
fn words_are_split_at_what_is_neither_letter_nor_digit() {
    assert_eq!(all("Cannot log in: error-403 (jane.doe@example.com)"), "cannot log in error 403 jane doe example com");
    assert_eq!(all("DT-1042 don't l'été a_b"), "dt 1042 don t l ete a b");
    assert_eq!(all(""), "");
    assert_eq!(all(" .,;!? \u{1F600}\n"), "");
    assert_eq!(all("again and again and AGAIN"), "again and");
}

#[test]
fn what_is_repeated_gives_the_same_words_and_signs_for_whole_sentences_take_bounded_work() {
    assert_eq!(all("x-y x-y\nx-z x-y 東京 東京"), "x y z 東京 京");
    let signs = "\u{FDFA}".repeat(340_000);
    assert!(words(&signs).len() < 100);
    let mut splitter = Splitter::new(true);
    splitter.take(&signs);
    assert!(splitter.out.len() < WRITTEN_BYTES_MAX + 100);
}

#[test]
fn case_and_accents_do_not_matter() {
    for (one, other) in [
        ("Straße", "STRASSE"),
        ("Σίσυφος", "ΣΙΣΥΦΟΣ"),
        ("Ångström café naïve", "angstrom CAFE\u{301} naive"),
        ("ﬁnal ①②", "FINAL 12"),
        ("ＦＵＬＬ width", "full WIDTH"),
        ("Łódź ıŞıK Đorđe", "lodz isik dorde"),
        ("Ёлка", "елка"),
        ("İstanbul", "istanbul"),
        ("m²", "M2"),
        ("co\u{AD}operate zero\u{200D}joined", "cooperate zerojoined"),
    ] {
        assert_eq!(all(one), all(other));
    }
}

#[test]
fn markup_is_not_searched_and_separates() {
    assert_eq!(all("<p class=\"intro\">One<br/>two</p>&nbsp;<b>Z&uuml;rich</b>"), "one two zurich");
    assert_eq!(all("a < b, x <y and &lt;em&gt;"), "a b x y and em");
    assert_eq!(query("<b>x</b>"), ["b", "x"], "what somebody looks for is plain text");
}

#[test]
fn scripts_without_spaces_become_pairs_and_their_last_character() {
    assert_eq!(all("東京都"), "東京 京都 都");
    assert_eq!(all("京"), "京");
    assert_eq!(all("iPhone用ケース"), "iphone 用ケ ケー ース ス");
    assert_eq!(query("東京都"), ["京都", "東京"]);
    for asked in ["東", "京", "都", "東京", "京都", "東京都"] {
        assert!(finds("これは東京都です", asked), "{asked}");
    }
    assert!(!finds("東京都", "都東"));
    assert!(finds("ﾊﾞｲｸ", "バイク") && finds("ภาษาไทย", "ไทย"));
    // Korean is written with spaces: its words stay whole, and begin with what is looked for.
    assert!(finds("학교에서 만나요", "학교") && !finds("학교에서", "에서"));
}

#[test]
fn a_query_says_each_thing_once_and_the_rarest_first() {
    assert_eq!(query("in invoice inv z"), ["invoice", "z"]);
    assert_eq!(query("  \"*\" : '\\ -- ()  "), Vec::<String>::new());
    assert_eq!(query("same SAME Same"), ["same"]);
}

#[test]
fn long_words_and_many_words_are_cut() {
    let long = "x".repeat(1_000);
    assert_eq!(words(&long), ["x".repeat(WORD_CHARS_MAX)]);
    assert_eq!(query(&long), words(&long));
    assert!(finds(&long, &"x".repeat(200)));
    let many: String = (0..150_000).map(|number| format!("w{number} ")).collect();
    let found = words(&many);
    assert_eq!(found.len(), WORDS_MAX);
    assert_eq!(found.last().map(String::as_str), Some("w19999"));
}

#[test]
fn every_character_alone_is_stable() {
    for c in '\0'..=char::MAX {
        for word in words(&c.to_string()) {
            assert_eq!(query(&word), std::slice::from_ref(&word), "{c:?}");
            assert!(words(&word).contains(&word), "{c:?}");
        }
    }
}

/// Several scripts, markup and what means something to a database.
fn text() -> impl Strategy<Value = String> {
    proptest::string::string_regex(
        "([a-zA-Z0-9]{0,3}|[ <>&;/\"'*:\\\\().,-]|<b>|</p>|&amp;|&#228;|[äßÉŁıσςΩжЁ]{1,3}|[日本語京都]{1,4}|[ぁ-んァ-ン]{1,3}|[가-힣]{1,2}|[ก-ฮ]{1,3}|\\PC|AND ){0,40}",
    )
    .unwrap()
}

proptest! {
    #[test]
    fn any_text_gives_words_within_the_bounds(text in ".{0,400}") {
        let words = words(&text);
        let mut distinct = words.clone();
        distinct.sort_unstable();
        distinct.dedup();
        prop_assert_eq!(distinct.len(), words.len());
        for word in &words {
            prop_assert!(!word.is_empty() && word.chars().count() <= WORD_CHARS_MAX);
            prop_assert!(word.chars().all(|c| c.is_alphanumeric() && !c.is_ascii_uppercase()), "{word}");
        }
    }

    #[test]
    fn a_word_stays_itself(text in text()) {
        for word in words(&text) {
            prop_assert!(words(&word).contains(&word));
            prop_assert_eq!(query(&word), [word]);
        }
    }

    #[test]
    fn a_text_without_markup_is_found_by_itself_and_by_the_beginning_of_any_of_its_words(text in text(), keep in 1..9_usize) {
        let text = text.replace(['<', '&'], "-");
        prop_assert!(finds(&text, &text));
        for word in words(&text) {
            let beginning: String = word.chars().take(keep).collect();
            prop_assert!(finds(&text, &beginning), "{}", beginning);
        }
    }
}

/// `cargo test --release -p dispatch-model speed -- --ignored --nocapture`
#[test]
#[ignore = "a measurement, for a release build"]
fn speed_of_a_usual_ticket() {
    let ascii =
        "Hello, I cannot see the invoice of last month in my account. It says error 403 when I open it. ".repeat(5);
    let german =
        "Grüße, ich kann die Rechnung für März nicht öffnen. Es heißt »Zugriff verweigert« bei jedem Versuch. "
            .repeat(5);
    let html = format!("<p style=\"margin: 0\">{}</p>", ascii.replace(". ", ".</p>\n<p>"));
    for (name, text) in [("ascii", ascii), ("german", german), ("html", html)] {
        let began = std::time::Instant::now();
        let total: usize = (0..10_000).map(|_| words(std::hint::black_box(&text)).len()).sum();
        let each = began.elapsed() / 10_000;
        eprintln!("{name}: {} characters, {} words, {each:?}", text.chars().count(), total / 10_000);
    }
}
