//! Tables as spreadsheets and auto attendants write them.

use super::*;

#[test]
fn tables() {
    check("Uitje,2026-06-01", &["Uitje: 2026-06-01"], &[]);
    check(
        "naam;datum\r\nUitje;1-6-2026\r\n",
        &["Uitje: 2026-06-01"],
        &[],
    );
    check(
        "\u{feff}name,date,end\n\"Uitje\", 2026-06-01 ,2026-06-01\n\nUitje,2026-06-01\n",
        &["Uitje: 2026-06-01"],
        &[],
    );
    check(
        "name\tfrom\tto\nKerst\t24-12-2026\t03-01-2027",
        &["Kerst: 2026-12-24..2027-01-03"],
        &[],
    );
    check("2026-12-25,Kerst", &["Kerst: 2026-12-25"], &[]);
    // A first row with an unreadable date is no heading.
    check(
        "Kerst,2026-12-32\nUitje,2026-06-01",
        &["Uitje: 2026-06-01"],
        &["-1 import-date-unreadable Kerst"],
    );
    check(
        "Uitje,2026-06-01\nKerst,2026-12-32",
        &["Uitje: 2026-06-01"],
        &["-2 import-date-unreadable Kerst"],
    );
    check("Uitje,morgen", &[], &["-1 import-date-unreadable Uitje"]);
    check("Uitje,", &[], &["-1 import-date-unreadable Uitje"]);
    check(
        "Uitje,2026-06-02,2026-06-01",
        &[],
        &["-1 schedule-end-before-start Uitje"],
    );
    check(
        "Uitje,1999-06-02",
        &[],
        &["-1 schedule-year-out-of-range Uitje"],
    );
    refused("", Code::ImportUnreadable);
    refused("naam,datum", Code::ImportUnreadable);
    refused("Uitje", Code::ImportUnreadable);
    refused("dit is geen kalender", Code::ImportUnreadable);
    refused("\0 nothing of the kind", Code::ImportUnreadable);
    refused("Caf\u{fffd},2026-06-01", Code::ImportEncoding);
}

#[test]
fn spreadsheets() {
    check(
        "sep=;\nnaam;datum;;;\n\"Kerst; eerste dag\";25-12-2026;;;\n",
        &["Kerst; eerste dag: 2026-12-25"],
        &[],
    );
    check(
        "\"Goede Vrijdag; dicht\",2026-04-03\nUitje,2026-06-01",
        &["Goede Vrijdag; dicht: 2026-04-03", "Uitje: 2026-06-01"],
        &[],
    );
    check(
        "Uitje;1-6-26;2-6-26",
        &["Uitje: 2026-06-01..2026-06-02"],
        &[],
    );
    check(
        "\"Uit\nje\",2026-06-01\nKerst,2026-12-25",
        &["Uit je: 2026-06-01", "Kerst: 2026-12-25"],
        &[],
    );
    // A quote that is never closed takes only its own row with it.
    let rows = (1..=20)
        .map(|day| format!("Dag {day},2026-01-{day:02}\n"))
        .collect::<Vec<_>>()
        .concat();
    let (lines, notes) = told(&format!("\"Uitje,2026-06-01\n{rows}"), CONTEXT).unwrap();
    assert_eq!((lines.len(), notes.len()), (20, 1), "{notes:?}");
    check(
        "Subject,Start Date,Start Time,End Date,End Time,All day event,Location\n\
         Kerst,12/25/2026,12:00:00 AM,12/27/2026,12:00:00 AM,True,Utrecht\n\
         Lunch,12/24/2026,1:00 PM,12/24/2026,5:00 PM,False,\n",
        &["Kerst: 2026-12-25..2026-12-26"],
        &[
            "1 import-column-unread Location",
            "-3 import-part-of-day Lunch",
        ],
    );
}

#[test]
fn ranges_of_auto_attendants() {
    check(
        "HolidayName,StartDateTime1,EndDateTime1,StartDateTime2,EndDateTime2,StartDateTime3,EndDateTime3\n\
         Nieuwjaar,1/1/2027 0:00,2/1/2027 0:00,1/1/2028 0:00,2/1/2028 0:00,,\n\
         Pasen,5/4/2026,,28/3/2027,30/3/2027,,\n\
         Sinterklaas,5/12/2026 12:00,6/12/2026 0:00,,,,\n\
         Kerst,25/12/2026 0:00,26/12/2026 23:45,,,,\n\
         Leeg,,,,,,\n",
        &[
            "Nieuwjaar: 2027-01-01",
            "Nieuwjaar: 2028-01-01",
            "Pasen: 2026-04-05",
            "Pasen: 2027-03-28..2027-03-29",
            "Kerst: 2026-12-25..2026-12-26",
        ],
        &[
            "-4 import-part-of-day Sinterklaas",
            "5 import-rounded Kerst",
            "-6 import-date-unreadable Leeg",
        ],
    );
}

#[test]
fn the_order_of_dates_is_recognised_or_asked_for() {
    check(
        "Kerst,12/25/2026\nUitje,6/1/2026",
        &["Kerst: 2026-12-25", "Uitje: 2026-06-01"],
        &[],
    );
    check(
        "Kerst,25/12/2026\nUitje,1/6/2026",
        &["Kerst: 2026-12-25", "Uitje: 2026-06-01"],
        &[],
    );
    check("Uitje,1.6.2026", &["Uitje: 2026-06-01"], &[]);
    check("Uitje,6/6/2026", &["Uitje: 2026-06-06"], &[]);
    refused("Uitje,6/1/2026", Code::ImportDateOrder);
    for (order, expected) in [
        (DateOrder::DayFirst, "2026-01-06"),
        (DateOrder::MonthFirst, "2026-06-01"),
    ] {
        let context = Context {
            dates: Some(order),
            ..CONTEXT
        };
        assert_eq!(
            told("Uitje,6/1/2026", context).unwrap().0,
            [format!("Uitje: {expected}")]
        );
    }
    check(
        "Kerst,12/25/2026\nOud,24/12/2026\nUitje,6/1/2026",
        &["Kerst: 2026-12-25", "Oud: 2026-12-24"],
        &["-3 import-date-order Uitje"],
    );
}

#[test]
fn months_by_their_names() {
    check(
        "naam;van;tot\nKerst;vrijdag 25 december 2026;26 dec. 2026\nUitje;1 mei 2026;\n",
        &["Kerst: 2026-12-25..2026-12-26", "Uitje: 2026-05-01"],
        &[],
    );
    check(
        "Subject,Start Date,End Date\nChristmas,\"Dec 25, 2026\",\"Saturday, December 26, 2026\"\nBoxing,26-Dec-26,\n",
        &["Christmas: 2026-12-25..2026-12-26", "Boxing: 2026-12-26"],
        &[],
    );
    // Another day of the week is a mistake of whoever wrote it, and the commas of a date need quotes.
    check(
        "Kerst;donderdag 25 december 2026\nUitje;1 mei 2026",
        &["Uitje: 2026-05-01"],
        &["-1 import-date-unreadable Kerst"],
    );
    check(
        "Trip,\"May 1, 2026\"\nChristmas,Dec 25, 2026",
        &["Trip: 2026-05-01"],
        &["-2 import-date-unreadable Christmas"],
    );
}
