//! What it may cost to call a number: national, mobile, a service, another country, a satellite. A call that leaves is
//! allowed by it (requirement K2). Sources: ITU-T E.164 assigned country codes, the regulators' numbering plans, and the
//! North American Numbering Plan's list of area codes.

use super::{Country, E164};
use serde::{Deserialize, Serialize};

/// A class of numbers, by which calls that leave are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OutgoingClass {
    /// Users, groups, menus and queues of the own enterprise.
    Internal,
    /// Numbers of the country at the usual price or free: geographic, corporate, 0800, 116xxx.
    National,
    /// Mobile numbers of the country.
    Mobile,
    /// Numbers at a shared or a special price: directory enquiries, 084, 18xx.
    Service,
    /// Premium rate: 0900 and the like, of any country served, and the international ones.
    Premium,
    /// Other countries in which the enterprise has a location.
    OwnCountries,
    /// The European Economic Area, Switzerland and the United Kingdom.
    EuropeanUnion,
    /// The rest of Europe, with Russia and Turkey.
    RestOfEurope,
    /// The United States and Canada.
    NorthAmerica,
    /// Central and South America and the Caribbean.
    LatinAmerica,
    /// Africa.
    Africa,
    /// The Middle East.
    MiddleEast,
    /// Asia.
    Asia,
    /// Australia, New Zealand and the Pacific.
    Oceania,
    /// Satellites, and whatever belongs to no country.
    Satellite,
}

impl OutgoingClass {
    /// Every class, in the order in which they are shown.
    pub const ALL: [Self; 15] = [
        Self::Internal,
        Self::National,
        Self::Mobile,
        Self::Service,
        Self::Premium,
        Self::OwnCountries,
        Self::EuropeanUnion,
        Self::RestOfEurope,
        Self::NorthAmerica,
        Self::LatinAmerica,
        Self::Africa,
        Self::MiddleEast,
        Self::Asia,
        Self::Oceania,
        Self::Satellite,
    ];

    /// The name on the wire and in the locale files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::National => "national",
            Self::Mobile => "mobile",
            Self::Service => "service",
            Self::Premium => "premium",
            Self::OwnCountries => "own-countries",
            Self::EuropeanUnion => "european-union",
            Self::RestOfEurope => "rest-of-europe",
            Self::NorthAmerica => "north-america",
            Self::LatinAmerica => "latin-america",
            Self::Africa => "africa",
            Self::MiddleEast => "middle-east",
            Self::Asia => "asia",
            Self::Oceania => "oceania",
            Self::Satellite => "satellite",
        }
    }

    /// Whether calls of the class leave where nobody said otherwise.
    pub const fn is_usual(self) -> bool {
        matches!(
            self,
            Self::Internal | Self::National | Self::Mobile | Self::OwnCountries
        )
    }

    /// The class of a number as it is called from a country, by an enterprise with locations in the countries that
    /// `is_own` tells.
    pub fn of(number: E164, home: Country, is_own: impl Fn(Country) -> bool) -> Self {
        let digits = number.value().to_string();
        let abroad = abroad(&digits);
        let Some(country) = number.country() else {
            return abroad;
        };
        let national = digits
            .get(country.calling_code().to_string().len()..)
            .unwrap_or_default();
        match within(country, number.is_short(), national) {
            // The countries that share +1 are told apart by area code.
            _ if country == Country::Us && abroad != Self::NorthAmerica => abroad,
            class @ (Self::Service | Self::Premium) => class,
            class if country == home => class,
            _ if is_own(country) => Self::OwnCountries,
            _ => abroad,
        }
    }
}

/// Leading digits of national numbers and their class. The first that fits counts; all others are national.
type Ranges = &'static [(&'static [&'static str], OutgoingClass)];

use OutgoingClass::{Mobile, National, Premium, Service};

/// The class of a national number inside its country.
fn within(country: Country, short: bool, national: &str) -> OutgoingClass {
    let table = if short {
        short_numbers(country)
    } else {
        ranges(country)
    };
    let fits = |prefixes: &[&str]| prefixes.iter().any(|prefix| national.starts_with(prefix));
    table
        .iter()
        .find(|(prefixes, _)| fits(prefixes))
        .map_or(National, |(_, class)| *class)
}

fn ranges(country: Country) -> Ranges {
    match country {
        Country::Nl => &[
            (&["66", "676", "82", "84", "87"], Service),
            (&["6", "97"], Mobile),
            (&["90"], Premium),
        ],
        Country::Be => &[
            (&["45", "46", "47", "48", "49"], Mobile),
            (&["90", "77"], Premium),
            (&["70", "78"], Service),
        ],
        Country::De => &[
            (
                &["164", "168", "169", "137", "138", "18", "19", "700"],
                Service,
            ),
            (&["15", "16", "17"], Mobile),
            (&["900", "12", "118"], Premium),
        ],
        Country::Lu => &[
            (&["116"], National),
            (&["6"], Mobile),
            (&["90"], Premium),
            (&["801", "1"], Service),
        ],
        Country::Fr => &[
            (&["6", "7"], Mobile),
            (&["81", "82"], Service),
            (&["89"], Premium),
        ],
        Country::Gb => &[
            (&["70", "9"], Premium),
            (&["76", "84", "87"], Service),
            (&["7"], Mobile),
        ],
        Country::At => &[
            (
                &[
                    "650", "651", "652", "653", "655", "657", "659", "660", "661", "663", "664",
                    "665", "666", "667", "668", "669", "67", "68", "69",
                ],
                Mobile,
            ),
            (&["90", "93", "118"], Premium),
            (&["810", "820", "821", "828"], Service),
        ],
        Country::Ch => &[
            (&["74", "840", "842", "844", "848", "878"], Service),
            (&["75", "76", "77", "78", "79"], Mobile),
            (&["90"], Premium),
        ],
        Country::Es => &[
            (&["803", "806", "807", "905", "907"], Premium),
            (&["901", "902", "70"], Service),
            (&["6", "7"], Mobile),
        ],
        Country::It => &[
            (&["116", "80"], National),
            (&["3"], Mobile),
            (&["89", "166", "12", "4"], Premium),
            (&["84", "178", "199", "1"], Service),
        ],
        Country::Dk => &[
            (&["90"], Premium),
            (
                &[
                    "2", "30", "31", "40", "41", "42", "50", "51", "52", "53", "60", "61", "71",
                    "81", "91", "92", "93",
                ],
                Mobile,
            ),
        ],
        Country::Us => &[
            (&["900", "976"], Premium),
            (
                &["500", "521", "533", "544", "566", "577", "588", "700"],
                Service,
            ),
        ],
    }
}

/// The classes of short public numbers.
fn short_numbers(country: Country) -> Ranges {
    match country {
        Country::Nl => &[(&["18"], Service)],
        Country::Be => &[(&["12", "13", "17", "18", "19"], Service)],
        Country::De | Country::At | Country::Es => &[(&["118"], Premium), (&["01"], Service)],
        Country::Lu => &[],
        Country::Fr => &[(&["118"], Premium), (&["10", "3"], Service)],
        Country::Gb => &[(&["118"], Premium), (&["100", "123"], Service)],
        Country::Ch => &[(&["18"], Premium), (&["16"], Service)],
        Country::It => &[(&["116"], National), (&["12"], Premium), (&["1"], Service)],
        Country::Dk => &[(&["118", "18"], Service)],
        Country::Us => &[(&["411"], Service)],
    }
}

/// Area codes of +1 in the Caribbean and the Pacific: calls there cost as those to other countries do.
const ISLANDS: [&str; 25] = [
    "242", "246", "264", "268", "284", "340", "345", "441", "473", "649", "658", "664", "670",
    "671", "684", "721", "758", "767", "784", "787", "809", "829", "849", "868", "869",
];

/// The group of countries that the country code of a number belongs to.
fn abroad(digits: &str) -> OutgoingClass {
    use OutgoingClass::{
        Africa, Asia, EuropeanUnion, LatinAmerica, MiddleEast, NorthAmerica, Oceania, RestOfEurope,
        Satellite,
    };
    let area = digits.get(1..4).unwrap_or_default();
    if digits.starts_with('1') {
        let island = ISLANDS.contains(&area) || matches!(area, "876" | "939");
        return if island { LatinAmerica } else { NorthAmerica };
    }
    match digits
        .get(..3)
        .and_then(|code| code.parse::<u16>().ok())
        .unwrap_or_default()
    {
        200..=209 | 211..=213 | 216 | 218 | 220..=269 | 270..=279 | 290 | 291 => Africa,
        297 | 500..=599 => LatinAmerica,
        // Kazakhstan shares +7 with Russia.
        600..=609
        | 620..=639
        | 650..=670
        | 760..=779
        | 810..=829
        | 840..=850
        | 852
        | 853
        | 855
        | 856
        | 860..=869
        | 880
        | 886
        | 910..=960
        | 975..=977
        | 992..=996
        | 998 => Asia,
        298 | 299 | 350 | 355 | 373..=383 | 387 | 389 | 700..=799 | 900..=909 => RestOfEurope,
        300..=349 | 351..=354 | 356..=372 | 385 | 386 | 390..=420 | 421 | 423 | 430..=499 => {
            EuropeanUnion
        }
        610..=619 | 640..=649 | 672..=699 => Oceania,
        800 => National,
        808 => Service,
        878 | 979 => Premium,
        961..=968 | 970..=974 | 980..=989 => MiddleEast,
        _ => Satellite,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes() {
        use Country::{At, Be, Ch, De, Dk, Es, Fr, Gb, It, Lu, Nl, Us};
        use OutgoingClass as C;
        let check = |home: Country, number: &str, expected: C| {
            let class = C::of(number.parse().unwrap(), home, |country| {
                matches!(country, Nl | Be)
            });
            assert_eq!(class, expected, "{number} from {home:?}");
        };
        check(Nl, "+31205550100", C::National);
        check(Nl, "+31882001234", C::National);
        check(Nl, "+318001234", C::National);
        check(Nl, "+31116117", C::National);
        check(Nl, "+3114010", C::National);
        check(Nl, "+31612345678", C::Mobile);
        check(Nl, "+31661234567", C::Service);
        check(Nl, "+311888", C::Service);
        check(Nl, "+31842001234", C::Service);
        check(Nl, "+319001234", C::Premium);
        check(Nl, "+319091234567", C::Premium);
        check(Nl, "+3225550142", C::OwnCountries);
        check(Nl, "+32470123456", C::OwnCountries);
        check(Nl, "+3290012345", C::Premium);
        check(Be, "+32470123456", C::Mobile);
        check(Be, "+31612345678", C::OwnCountries);
        check(Nl, "+493012345", C::EuropeanUnion);
        check(De, "+4915112345678", C::Mobile);
        check(De, "+499001234567", C::Premium);
        check(De, "+491801234567", C::Service);
        check(Nl, "+491371234567", C::Service);
        check(Lu, "+352621123456", C::Mobile);
        check(Lu, "+352478272", C::National);
        check(Fr, "+33612345678", C::Mobile);
        check(Fr, "+33899123456", C::Premium);
        check(Gb, "+447911123456", C::Mobile);
        check(Gb, "+447012345678", C::Premium);
        check(Gb, "+448451234567", C::Service);
        check(At, "+436641234567", C::Mobile);
        check(At, "+43662123456", C::National);
        check(Ch, "+41791234567", C::Mobile);
        check(Ch, "+41900123456", C::Premium);
        check(Es, "+34612345678", C::Mobile);
        check(Es, "+34806123456", C::Premium);
        check(It, "+393331234567", C::Mobile);
        check(It, "+390612345678", C::National);
        check(It, "+39899123456", C::Premium);
        check(Dk, "+4520123456", C::Mobile);
        check(Dk, "+4533123456", C::National);
        check(Us, "+12125550123", C::National);
        check(Us, "+19005550123", C::Premium);
        check(Us, "+18765550123", C::LatinAmerica);
        check(Nl, "+12125550123", C::NorthAmerica);
        check(Nl, "+18095550123", C::LatinAmerica);
        check(Nl, "+41791234567", C::EuropeanUnion);
        check(Nl, "+35512345678", C::RestOfEurope);
        check(Nl, "+79161234567", C::RestOfEurope);
        check(Nl, "+77011234567", C::Asia);
        check(Nl, "+905321234567", C::RestOfEurope);
        check(Nl, "+551112345678", C::LatinAmerica);
        check(Nl, "+2125551234", C::Africa);
        check(Nl, "+27115551234", C::Africa);
        check(Nl, "+971501234567", C::MiddleEast);
        check(Nl, "+9613123456", C::MiddleEast);
        check(Nl, "+8613812345678", C::Asia);
        check(Nl, "+919812345678", C::Asia);
        check(Nl, "+61212345678", C::Oceania);
        check(Nl, "+6791234567", C::Oceania);
        check(Nl, "+870773123456", C::Satellite);
        check(Nl, "+881612345678", C::Satellite);
        check(Nl, "+882161234567", C::Satellite);
        check(Nl, "+883510012345", C::Satellite);
        check(Nl, "+21012345678", C::Satellite);
        check(Nl, "+80012345678", C::National);
        check(Nl, "+979123456789", C::Premium);
    }

    #[test]
    fn names_are_those_of_the_wire() {
        for class in OutgoingClass::ALL {
            assert_eq!(serde_json::to_value(class).unwrap(), class.name());
        }
    }
}
