//! The numbering plans of the countries served: prefixes, lengths and emergency numbers.
//! Sources: ITU-T E.164 national numbering plans and the national regulators' plans.

use super::E164;
use super::e164::power;
use serde::{Deserialize, Serialize};

/// A country whose national numbers are understood.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Country {
    /// Netherlands.
    #[default]
    Nl,
    /// Belgium.
    Be,
    /// Germany.
    De,
    /// Luxembourg.
    Lu,
    /// France.
    Fr,
    /// United Kingdom.
    Gb,
    /// Austria.
    At,
    /// Switzerland.
    Ch,
    /// Spain.
    Es,
    /// Italy.
    It,
    /// Denmark.
    Dk,
    /// United States, and the countries that share +1.
    Us,
}

/// How numbers are written and dialled in one country.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// ISO 3166 code in lower case.
    pub iso: &'static str,
    /// Country calling code.
    pub calling_code: u16,
    /// Digit dialled before a national number; `None` where there is none.
    pub trunk: Option<u8>,
    /// Whether a national number may be dialled without the trunk prefix.
    pub trunk_optional: bool,
    /// Digits dialled before a country code.
    pub international: &'static str,
    /// Numbers that nothing may block or divert.
    pub emergency: &'static [&'static str],
    /// Shortest and longest national number, without trunk prefix.
    pub length: (u8, u8),
    /// Ranges of other lengths: leading digits, shortest, longest. The first that fits counts.
    pub exceptions: &'static [(u16, u8, u8)],
}

const BASE: Plan = Plan {
    iso: "",
    calling_code: 0,
    trunk: Some(0),
    trunk_optional: false,
    international: "00",
    emergency: &["112"],
    length: (9, 9),
    exceptions: &[],
};

static NL: Plan = Plan {
    iso: "nl",
    calling_code: 31,
    exceptions: &[(800, 7, 10), (90, 7, 10), (97, 9, 11)],
    ..BASE
};
static BE: Plan = Plan {
    iso: "be",
    calling_code: 32,
    emergency: &["112", "100", "101"],
    length: (8, 8),
    exceptions: &[(47, 9, 9), (48, 9, 9), (49, 9, 9), (4, 8, 9)],
    ..BASE
};
static DE: Plan = Plan {
    iso: "de",
    calling_code: 49,
    emergency: &["112", "110"],
    length: (5, 13),
    exceptions: &[(15, 10, 11), (16, 10, 11), (17, 10, 11)],
    ..BASE
};
static LU: Plan = Plan {
    iso: "lu",
    calling_code: 352,
    trunk: None,
    emergency: &["112", "113"],
    length: (4, 11),
    ..BASE
};
static FR: Plan = Plan {
    iso: "fr",
    calling_code: 33,
    emergency: &[
        "112", "15", "17", "18", "114", "115", "119", "191", "196", "197",
    ],
    ..BASE
};
static GB: Plan = Plan {
    iso: "gb",
    calling_code: 44,
    emergency: &["999", "112"],
    length: (9, 10),
    exceptions: &[(800, 7, 10), (845, 7, 10), (7, 10, 10), (2, 10, 10)],
    ..BASE
};
static AT: Plan = Plan {
    iso: "at",
    calling_code: 43,
    emergency: &["112", "122", "128", "133", "140", "141", "144"],
    length: (4, 13),
    ..BASE
};
static CH: Plan = Plan {
    iso: "ch",
    calling_code: 41,
    emergency: &["112", "117", "118", "143", "144", "145", "147", "1414"],
    ..BASE
};
static ES: Plan = Plan {
    iso: "es",
    calling_code: 34,
    trunk: None,
    emergency: &["112", "061", "062", "080", "085", "088", "091", "092"],
    ..BASE
};
static IT: Plan = Plan {
    iso: "it",
    calling_code: 39,
    trunk: None,
    emergency: &["112", "113", "114", "115", "117", "118", "1530"],
    length: (6, 11),
    ..BASE
};
static DK: Plan = Plan {
    iso: "dk",
    calling_code: 45,
    trunk: None,
    length: (8, 8),
    ..BASE
};
static US: Plan = Plan {
    iso: "us",
    calling_code: 1,
    trunk: Some(1),
    trunk_optional: true,
    international: "011",
    emergency: &["911", "112", "988"],
    length: (10, 10),
    ..BASE
};

/// The country of each calling code that is served. None begins another one.
static CALLING_CODES: [Option<Country>; 1000] = {
    let mut countries = [None; 1000];
    let mut at = 0;
    while at < Country::ALL.len() {
        let country = Country::ALL[at];
        countries[country.plan().calling_code as usize] = Some(country);
        at += 1;
    }
    countries
};

impl Country {
    /// Every country served.
    pub const ALL: [Self; 12] = [
        Self::Nl,
        Self::Be,
        Self::De,
        Self::Lu,
        Self::Fr,
        Self::Gb,
        Self::At,
        Self::Ch,
        Self::Es,
        Self::It,
        Self::Dk,
        Self::Us,
    ];

    /// The country's numbering plan.
    pub const fn plan(self) -> &'static Plan {
        match self {
            Self::Nl => &NL,
            Self::Be => &BE,
            Self::De => &DE,
            Self::Lu => &LU,
            Self::Fr => &FR,
            Self::Gb => &GB,
            Self::At => &AT,
            Self::Ch => &CH,
            Self::Es => &ES,
            Self::It => &IT,
            Self::Dk => &DK,
            Self::Us => &US,
        }
    }

    /// Country calling code: 31 for the Netherlands.
    pub fn calling_code(self) -> u16 {
        self.plan().calling_code
    }

    /// Numbers that nothing may block or divert.
    pub fn emergency(self) -> &'static [&'static str] {
        self.plan().emergency
    }

    /// Whether `digits` (nothing else) are an emergency number.
    pub fn is_emergency(self, digits: &str) -> bool {
        self.emergency().contains(&digits)
    }

    /// The country that a number belongs to, when it is one of those served.
    pub fn of(number: E164) -> Option<Self> {
        let (value, length) = (number.value(), number.len());
        (1..=3.min(length))
            .find_map(|digits| CALLING_CODES[(value / power(length - digits)) as usize])
    }

    /// The national number (without trunk prefix) and its length, when `number` has this calling code.
    pub(crate) fn national_part(self, number: E164) -> Option<(u64, u32)> {
        let code = u64::from(self.calling_code());
        let length = number.len() - (code.ilog10() + 1);
        let unit = power(length);
        (number.value() / unit == code).then_some((number.value() % unit, length))
    }

    /// Shortest and longest national number that begins as `national` (of `length` digits) does.
    pub(crate) fn length_range(self, national: u64, length: u32) -> (u32, u32) {
        let plan = self.plan();
        let fits = |prefix: u16| {
            let digits = prefix.ilog10() + 1;
            length >= digits && u64::from(prefix) == national / power(length - digits)
        };
        let (min, max) = plan
            .exceptions
            .iter()
            .find(|(prefix, ..)| fits(*prefix))
            .map_or(plan.length, |(_, min, max)| (*min, *max));
        (u32::from(min), u32::from(max))
    }
}
