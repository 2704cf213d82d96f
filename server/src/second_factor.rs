//! The second factor: codes of an authenticator app (TOTP, RFC 6238, as apps know it: SHA-1, 6 digits, 30 seconds), and
//! recovery codes.

use crate::clock::TokenSource;
use centrale_core::api::own::Seed;
use centrale_core::time::Timestamp;
use qrcodegen::{QrCode, QrCodeEcc};
use sha2::{Digest, Sha256};
use totp_rs::{Algorithm, TOTP};

/// Bytes of a seed: as many as SHA-1 has.
const SEED: usize = 20;
/// Seconds of a step.
const STEP: u64 = 30;
/// Recovery codes that are told at once.
const RECOVERY_CODES: usize = 10;
/// The letters of recovery codes: no two that look alike.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A new seed.
pub(crate) fn draw(ids: &dyn TokenSource) -> Vec<u8> {
    ids.token()[..SEED].to_vec()
}

/// What an authenticator app is given.
pub(crate) fn told(seed: Vec<u8>, login: &str) -> Option<Seed> {
    // The link has a colon between both names.
    let totp = TOTP::new(
        Algorithm::SHA1,
        6,
        1,
        STEP,
        seed,
        Some("Centrale".to_owned()),
        login.replace(':', " "),
    )
    .ok()?;
    let link = totp.get_url();
    let code = QrCode::encode_text(&link, QrCodeEcc::Medium).ok()?;
    let row = |y| {
        (0..code.size())
            .map(|x| if code.get_module(x, y) { '1' } else { '0' })
            .collect()
    };
    Some(Seed {
        secret: totp.get_secret_base32(),
        rows: (0..code.size()).map(row).collect(),
        link,
    })
}

/// The step whose code it is: the one that is, the one before or the one after, as clocks differ. `None`: wrong.
pub(crate) fn step(seed: Vec<u8>, code: &str, now: Timestamp) -> Option<i64> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let totp = TOTP::new(Algorithm::SHA1, 6, 0, STEP, seed, None, String::new()).ok()?;
    let second = u64::try_from(now.0 / 1000).ok()?;
    let steps = [
        Some(second),
        second.checked_sub(STEP),
        second.checked_add(STEP),
    ];
    let right = steps
        .into_iter()
        .flatten()
        .find(|second| totp.check(&code, *second))?;
    i64::try_from(right / STEP).ok()
}

/// New recovery codes of 80 bits each, as `abcd-efgh-jkmn-pqrs`.
pub(crate) fn recovery_codes(ids: &dyn TokenSource) -> Vec<String> {
    let code = |token: [u8; 32]| {
        let letters: Vec<char> = token[..16]
            .iter()
            .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
            .collect();
        letters
            .chunks(4)
            .map(|part| part.iter().collect::<String>())
            .collect::<Vec<_>>()
            .join("-")
    };
    (0..RECOVERY_CODES).map(|_| code(ids.token())).collect()
}

/// The hash of a recovery code, however it was typed.
pub(crate) fn recovery_hash(typed: &str) -> String {
    let code: String = typed
        .chars()
        .filter(|c| c.is_alphanumeric())
        .take(64)
        .collect();
    hex::encode(Sha256::digest(code.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SeededTokens;
    use std::collections::BTreeSet;

    /// RFC 6238, appendix B: its codes have eight digits, of which ours are the last six.
    #[test]
    fn codes_of_the_rfc() {
        let seed = || b"12345678901234567890".to_vec();
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (20_000_000_000, "353130"),
        ] {
            let at = |offset| Timestamp::from_seconds(second + offset);
            let step_of = Some(second / 30);
            assert_eq!(step(seed(), code, at(0)), step_of);
            assert_eq!(
                step(seed(), &format!(" {} {}", &code[..3], &code[3..]), at(0)),
                step_of
            );
            assert_eq!(step(seed(), code, at(30)), step_of);
            assert_eq!(step(seed(), code, at(-30)), step_of);
            assert_eq!(step(seed(), code, at(90)), None);
            for wrong in ["", "0", "000000", &code[..5], &format!("{code}0")] {
                assert_eq!(step(seed(), wrong, at(0)), None, "{wrong}");
            }
        }
    }

    #[test]
    fn what_an_app_is_given() {
        let told = told(b"12345678901234567890".to_vec(), "sanne:2").unwrap();
        assert_eq!(told.secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(
            told.link,
            format!(
                "otpauth://totp/Centrale:sanne%202?secret={}&issuer=Centrale",
                told.secret
            )
        );
        assert!(
            told.rows
                .iter()
                .all(|row| row.len() == told.rows.len() && row.starts_with(['0', '1']))
        );
    }

    #[test]
    fn recovery_codes_differ_and_forgive() {
        let codes = recovery_codes(&SeededTokens::new(3));
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 10);
        let first = &codes[0];
        assert!(
            first.len() == 19 && first.split('-').count() == 4,
            "{first}"
        );
        assert_eq!(
            recovery_hash(first),
            recovery_hash(&format!(" {} ", first.to_uppercase().replace('-', " ")))
        );
        assert_ne!(recovery_hash(first), recovery_hash(&codes[1]));
    }
}
