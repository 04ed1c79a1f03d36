//! Shapes of real answers: what each program puts under them, in ten languages.

use super::*;

/// An answer, what stands behind it, and where both come from.
const TOP: &[(&str, &str)] = &[
    (
        "Gmail, English",
        "On Fri, Jan 2, 2026 at 3:04 PM Acme Support <acme@mail.example>\nwrote:\n\n> Hello Jane,\n> we are on it.\n",
    ),
    ("Gmail, German", "Am Fr., 2. Jan. 2026 um 15:04 Uhr schrieb Acme Support <\nacme@mail.example>:\n\n> Hallo\n"),
    ("Gmail for Android, German", "Acme Support <acme@mail.example> schrieb am Fr., 2. Jan. 2026, 15:04:\n\n> Hallo\n"),
    ("Gmail, French", "Le ven. 2 janv. 2026 à 15:04, Acme Support <acme@mail.example> a écrit :\n\n> Bonjour\n"),
    ("Gmail, Spanish", "El vie, 2 ene 2026 a las 15:04, Acme Support (<acme@mail.example>)\nescribió:\n\n> Hola\n"),
    ("Gmail, Brazilian", "Em sex., 2 de jan. de 2026 às 15:04, Acme <acme@mail.example> escreveu:\n\n> Olá\n"),
    ("Gmail, Portuguese", "Acme <acme@mail.example> escreveu no dia sexta, 2/01/2026 à(s) 15:04:\n\n> Olá\n"),
    ("Gmail, Italian", "Il giorno ven 2 gen 2026 alle ore 15:04 Acme <acme@mail.example> ha scritto:\n\n> Ciao\n"),
    ("Gmail, Dutch", "Op vr 2 jan 2026 om 15:04 schreef Acme <acme@mail.example>:\n\n> Hallo\n"),
    ("Gmail, Polish", "pt., 2 sty 2026 o 15:04 Acme <acme@mail.example> napisał(a):\n\n> Cześć\n"),
    ("Gmail, Japanese", "2026年1月2日(金) 15:04 Acme <acme@mail.example>:\n\n> こんにちは\n"),
    ("Gmail, Chinese", "Acme <acme@mail.example> 于2026年1月2日周五 15:04写道：\n\n> 你好\n"),
    ("Gmail, Taiwan", "Acme <acme@mail.example> 於 2026年1月2日 週五 下午3:04寫道：\n\n> 你好\n"),
    ("Apple Mail, English", "> On 2 Jan 2026, at 15:04, Acme <acme@mail.example> wrote:\n> \n> Hello\n"),
    ("Apple Mail, plain", "On 2 Jan 2026, at 15:04, Acme <acme@mail.example> wrote:\n\nHello Jane,\nwe are on it.\n"),
    ("Apple Mail, German", "> Am 02.01.2026 um 15:04 schrieb Acme <acme@mail.example>:\n> \n> Hallo\n"),
    ("Apple Mail, French", "> Le 2 janv. 2026 à 15:04, Acme <acme@mail.example> a écrit :\n> \n> Bonjour\n"),
    ("Apple Mail, Chinese", "> 在 2026年1月2日，15:04，Acme <acme@mail.example> 写道：\n> \n> 你好\n"),
    ("iPhone, Japanese", "2026/01/02 15:04、Acme <acme@mail.example>のメール:\n\n> こんにちは\n"),
    ("Thunderbird, English", "On 1/2/26 15:04, Acme Support wrote:\n> Hello\n"),
    ("Thunderbird, German", "Am 02.01.26 um 15:04 schrieb Acme Support:\n> Hallo\n"),
    ("Thunderbird, French", "Le 02/01/2026 à 15:04, Acme Support a écrit :\n> Bonjour\n"),
    ("Thunderbird, Spanish", "El 2/1/26 a las 15:04, Acme Support escribió:\n> Hola\n"),
    ("Thunderbird, Italian", "Il 02/01/26 15:04, Acme Support ha scritto:\n> Ciao\n"),
    ("Thunderbird, Dutch", "Op 02-01-2026 om 15:04 schreef Acme Support:\n> Hallo\n"),
    ("Thunderbird, Polish", "W dniu 2.01.2026 o 15:04, Acme Support pisze:\n> Cześć\n"),
    ("Thunderbird, Portuguese", "Em 02/01/2026 15:04, Acme Support escreveu:\n> Olá\n"),
    ("Yahoo", "On Friday, January 2, 2026 at 03:04:05 PM GMT+1, Acme <acme@mail.example> wrote:\n\n Hello Jane\n"),
    (
        "Outlook, English",
        "From: Acme <acme@mail.example>\nSent: Friday, January 2, 2026 3:04 PM\nTo: Jane\nSubject: Re: Printer\n\nHello\n",
    ),
    (
        "Outlook, bold",
        "*From:* Acme <acme@mail.example>\n*Sent:* Friday, January 2, 2026 3:04 PM\n*To:* Jane\n*Subject:* Re: Printer\n\nHello\n",
    ),
    (
        "Outlook, rule",
        "________________________________\nFrom: Acme <acme@mail.example>\nSent: Friday, January 2, 2026\nTo: Jane <j@x>\nSubject: Re: Printer\n\nHello\n",
    ),
    (
        "Outlook web",
        "________________________________________\nVon: Acme <acme@mail.example>\nGesendet: Freitag, 2. Januar 2026 15:04\nAn: Jane\nBetreff: AW: Drucker\n\nHallo\n",
    ),
    ("Outlook, old", "-----Original Message-----\nFrom: Acme [mailto:acme@mail.example]\nSent: Friday\n\nHello\n"),
    ("Outlook, old German", "-----Ursprüngliche Nachricht-----\nVon: Acme\nGesendet: Freitag\n\nHallo\n"),
    (
        "Outlook, French",
        "De : Acme <acme@mail.example>\nEnvoyé : vendredi 2 janvier 2026 15:04\nÀ : Jane\nObjet : RE: Imprimante\n\nBonjour\n",
    ),
    (
        "Outlook, Spanish",
        "De: Acme <acme@mail.example>\nEnviado: viernes, 2 de enero de 2026 15:04\nPara: Jane\nAsunto: RE: Impresora\n\nHola\n",
    ),
    (
        "Outlook, Portuguese",
        "De: Acme <acme@mail.example>\nEnviada em: sexta-feira, 2 de janeiro de 2026\nPara: Jane\nAssunto: RES: Impressora\n\nOlá\n",
    ),
    (
        "Outlook, Italian",
        "Da: Acme <acme@mail.example>\nInviato: venerdì 2 gennaio 2026 15:04\nA: Jane\nOggetto: R: Stampante\n\nCiao\n",
    ),
    (
        "Outlook, Dutch",
        "Van: Acme <acme@mail.example>\nVerzonden: vrijdag 2 januari 2026\nAan: Jane\nOnderwerp: RE: Printer\n\nHallo\n",
    ),
    (
        "Outlook, Polish",
        "Od: Acme <acme@mail.example>\nWysłano: piątek, 2 stycznia 2026\nDo: Jane\nTemat: RE: Drukarka\n\nCześć\n",
    ),
    (
        "Outlook, Japanese",
        "差出人: Acme <acme@mail.example>\n送信日時: 2026年1月2日 15:04\n宛先: Jane\n件名: RE: プリンター\n\nこんにちは\n",
    ),
    (
        "Outlook, Chinese",
        "发件人: Acme <acme@mail.example>\n发送时间: 2026年1月2日 15:04\n收件人: Jane\n主题: 回复: 打印机\n\n你好\n",
    ),
    (
        "QQ",
        "------------------ 原始邮件 ------------------\n发件人: \"Acme\" <acme@mail.example>;\n发送时间: 2026年1月2日\n\n你好\n",
    ),
    (
        "Samsung",
        "-------- Original message --------\nFrom: Acme <acme@mail.example>\nDate: 02/01/2026 15:04 (GMT+01:00)\nTo: Jane\nSubject: Re: Printer\n\nHello\n",
    ),
    ("plain quotation", "> Hello Jane,\n> we are on it.\n"),
];

#[test]
fn the_history_under_an_answer_goes_and_its_signature_stays() {
    for (program, history) in TOP {
        for answer in
            ["It works now, thank you.", "It works now.\n\nBest\nJane\n\nSent from my iPhone", "Yes:\n- one\n- two"]
        {
            let cut = cut(&format!("{answer}\n\n{history}"), false);
            assert_eq!(cut, Cut { text: answer.to_owned(), was_cut: true }, "{program}");
        }
    }
}

#[test]
fn nothing_is_cut_that_would_leave_nothing() {
    for (program, history) in TOP {
        let left = cut(history, false);
        assert!(!left.text.is_empty() && !left.was_cut, "{program}");
    }
    assert_eq!(cut("", false), Cut { text: String::new(), was_cut: false });
}

#[test]
fn an_answer_under_the_history_stays() {
    let text =
        "On 1/2/26 15:04, Acme Support wrote:\n> Which printer?\n> And where?\n\nThe one on the second floor.\n\nJane";
    let left = cut(text, false);
    assert_eq!(left, Cut { text: "The one on the second floor.\n\nJane".to_owned(), was_cut: true });
}

#[test]
fn answers_between_the_questions_keep_the_questions() {
    let text = "On 1/2/26 15:04, Acme wrote:\n> Which printer?\n\nThe blue one.\n\n> Which floor?\n\nThe second.";
    assert_eq!(cut(text, false), Cut { text: text.to_owned(), was_cut: false });
    let above = "See below.\n\nOn 1/2/26 15:04, Acme wrote:\n> Which printer?\n\nThe blue one.";
    assert_eq!(cut(above, false), Cut { text: above.to_owned(), was_cut: false });
}

#[test]
fn what_was_forwarded_is_the_message() {
    let text = "Please look at this.\n\n---------- Forwarded message ---------\nFrom: Jane <jane@example.com>\nDate: Fri, Jan 2, 2026\nSubject: Printer\nTo: <ana@acme.example>\n\nIt is broken.\n\nOn 1/1/26 10:00, Bo wrote:\n> x";
    assert_eq!(cut(text, false), Cut { text: text.to_owned(), was_cut: false });
    let outlook = "See below.\n\nFrom: Jane\nSent: Friday\nTo: Ana\nSubject: Printer\n\nIt is broken.";
    assert!(!cut(outlook, true).was_cut);
}

#[test]
fn ordinary_sentences_are_no_introductions() {
    for text in [
        "On Monday 3 of us wrote:\nnothing.",
        "Hello,\n\non 2 January she wrote to me.\n\nJane",
        "From: the office\nI cannot print.\n\nTo: whom it may concern",
        "Steps:\n1. print\n2. wait\n\nResult: nothing",
        "Error 12:30: the spooler wrote nothing",
        "Date: today\nFrom: me",
        "a > b, and\nb > c",
        "______\nJane",
    ] {
        assert_eq!(cut(text, false), Cut { text: text.to_owned(), was_cut: false });
    }
}

#[test]
fn marks_of_pictures_go() {
    let left = cut("See:\n\n[image: screenshot.png]\n\nIt [cid:abc@1] is [image: a] broken [as said].", false);
    assert_eq!(left, Cut { text: "See:\n\n\nIt  is  broken [as said].".to_owned(), was_cut: true });
    assert_eq!(cut("[image: only.png]", false), Cut { text: "[image: only.png]".to_owned(), was_cut: false });
}
