//! What the columns of a table are: by their heading, or by their place.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// The name of the holiday.
    Name,
    /// The first day, perhaps with a time.
    Start,
    /// Its time, where that stands apart.
    StartTime,
    /// The last day, perhaps with a time.
    End,
    /// Its time, where that stands apart.
    EndTime,
    /// Something that follows from the others.
    Implied,
    /// A column that says nothing about a holiday.
    Other,
}

/// The columns of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    /// In their order.
    pub(super) columns: Vec<Column>,
    /// Starts and ends are moments, and an end without a time is the midnight with which its day begins, as auto attendants
    /// of hosted telephony export them (`StartDateTime1`). Their dates have the day first.
    pub(super) are_moments: bool,
}

impl Columns {
    /// The columns of a heading; `None` when the row is none, as no column in it is that of a date.
    pub(super) fn of_heading<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Self> {
        let words: Vec<String> = cells.map(word).collect();
        let mut columns: Vec<Column> = words.iter().map(|word| column(word)).collect();
        if !columns.contains(&Column::Start) {
            return None;
        }
        let mut is_named = false;
        for column in &mut columns {
            if *column == Column::Name && std::mem::replace(&mut is_named, true) {
                *column = Column::Other;
            }
        }
        if let (false, Some(first)) = (
            is_named,
            columns.iter_mut().find(|column| **column == Column::Other),
        ) {
            *first = Column::Name;
        }
        Some(Self {
            columns,
            are_moments: words.iter().any(|word| word == "startdatetime"),
        })
    }

    /// The columns of a row without a heading: a name, and then first and last days by turns. Some put the day first.
    pub(super) fn of_places(count: usize, is_date_first: bool) -> Self {
        let mut columns = if is_date_first {
            vec![Column::Start, Column::Name, Column::End]
        } else {
            vec![Column::Name, Column::Start, Column::End]
        };
        while columns.len() < count {
            columns.extend([Column::Start, Column::End]);
        }
        Self {
            columns,
            are_moments: false,
        }
    }
}

/// A heading without case, spaces, and the number that tells it from the next.
fn word(cell: &str) -> String {
    let letters = cell.chars().filter(|c| c.is_alphabetic()).take(40);
    letters.flat_map(char::to_lowercase).collect()
}

fn column(word: &str) -> Column {
    match word {
        "name" | "naam" | "holiday" | "holidayname" | "feestdag" | "subject" | "onderwerp"
        | "summary" | "title" | "titel" | "event" | "omschrijving" | "description"
        | "beschrijving" | "nom" | "bezeichnung" => Column::Name,
        "date" | "datum" | "dag" | "day" | "start" | "startdate" | "startdatum" | "begin"
        | "begindatum" | "begindate" | "van" | "vanaf" | "from" | "fromdate" | "datumvan"
        | "startdatetime" | "firstday" | "eerstedag" | "begintop" | "von" => Column::Start,
        "end" | "enddate" | "einddatum" | "eind" | "einde" | "eindigtop" | "tot" | "totenmet"
        | "tm" | "to" | "todate" | "until" | "datumtot" | "enddatetime" | "lastday"
        | "laatstedag" | "bis" => Column::End,
        "starttime" | "starttijd" | "begintijd" => Column::StartTime,
        "endtime" | "eindtijd" => Column::EndTime,
        "alldayevent" | "allday" | "heledag" | "duurtheledag" => Column::Implied,
        _ => Column::Other,
    }
}
