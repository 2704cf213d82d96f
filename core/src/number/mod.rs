//! Numbers as people write and dial them: E.164 numbers, extensions, codes, national forms and patterns.
//! What a number belongs to, and how a call gets there, is left to others.

mod assigned;
mod class;
mod country;
mod destination;
mod e164;
mod error;
mod packed;
mod pattern;
mod pretty;
mod short;

pub use class::OutgoingClass;
pub use country::{Country, Plan};
pub use destination::{Destination, Resolved};
use e164::Bracket;
pub use e164::E164;
pub use error::{NumberError, PatternError};
pub use packed::{Code, Digits, Extension, National};
pub use pattern::{Ends, Pattern, Spelling};
pub use pretty::pretty;

/// Whether a character between digits means nothing: white space, `( ) - . /`, the dashes and the invisible marks
/// that come along when a number is copied from a document.
pub(crate) fn is_filler(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '(' | ')' | '-' | '.' | '/')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{2015}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}' | '\u{2212}' | '\u{feff}')
}
