//! The form of a backup file: a head, and what follows in pieces, each sealed with its place (STREAM over
//! XChaCha20-Poly1305), so that none can be changed, moved or left out, the last one neither. The key comes from a
//! passphrase by Argon2id.
//!
//! The head: `CENTRALE-BACKUP\n`, the version of the form (2 bytes, big endian), the salt (16), the beginning of the nonces
//! (19), what tells the right passphrase (16), and the first 16 bytes of the SHA-256 of all that.

use super::Error;
use crate::clock::{SystemTokens, TokenSource};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::Payload;
use chacha20poly1305::aead::stream::{DecryptorBE32, EncryptorBE32};
use chacha20poly1305::{Key, XChaCha20Poly1305};
use sha2::{Digest, Sha256};
use std::io::{self, Read, Write};

const MAGIC: &[u8; 16] = b"CENTRALE-BACKUP\n";
/// The version of the form, which says by what the key is made as well.
const VERSION: u16 = 1;
const SALT: usize = 16;
const NONCE: usize = 19;
const CHECK: usize = 16;
const SUM: usize = 16;
/// Where the sum begins, and how long the head is.
const SUMMED: usize = MAGIC.len() + 2 + SALT + NONCE + CHECK;
const HEAD: usize = SUMMED + SUM;
/// Bytes of a piece; the last one has fewer.
const PIECE: usize = 64 * 1024;
/// By how many bytes a piece grows when it is sealed.
const TAG: usize = 16;
/// What making the key costs whoever guesses passphrases: 64 MiB and three passes, as RFC 9106 recommends.
const MEMORY: u32 = 64 * 1024;
const PASSES: u32 = 3;

/// Writes a backup file.
pub(super) struct Sealing<W> {
    into: W,
    head: [u8; HEAD],
    encryptor: EncryptorBE32<XChaCha20Poly1305>,
    piece: Vec<u8>,
}

/// Reads a backup file.
pub(super) struct Opening<R> {
    from: R,
    head: [u8; HEAD],
    /// None: the last piece was read.
    decryptor: Option<DecryptorBE32<XChaCha20Poly1305>>,
    /// The piece that comes next, sealed.
    next: Vec<u8>,
}

impl<W: Write> Sealing<W> {
    pub(super) fn begin(mut into: W, passphrase: &str) -> Result<Self, Error> {
        let random = SystemTokens.token();
        let (salt, nonce) = (&random[..SALT], &SystemTokens.token()[..NONCE]);
        let (key, check) = derive(passphrase, salt)?;
        let mut head = [0; HEAD];
        let fields = [
            MAGIC.as_slice(),
            &VERSION.to_be_bytes(),
            salt,
            nonce,
            &check,
        ]
        .concat();
        head[..SUMMED].copy_from_slice(&fields);
        head[SUMMED..].copy_from_slice(&sum(&fields));
        into.write_all(&head).map_err(Error::Write)?;
        let encryptor = EncryptorBE32::new(&key, nonce.into());
        Ok(Self {
            into,
            head,
            encryptor,
            piece: Vec::with_capacity(PIECE),
        })
    }

    /// Adds to what is sealed.
    pub(super) fn add(&mut self, mut content: &[u8]) -> Result<(), Error> {
        while !content.is_empty() {
            // The last piece is sealed otherwise: a full one waits until something follows.
            if self.piece.len() == PIECE {
                let payload = Payload {
                    msg: &self.piece,
                    aad: &self.head,
                };
                let sealed = self
                    .encryptor
                    .encrypt_next(payload)
                    .map_err(|_| too_long())?;
                self.into.write_all(&sealed).map_err(Error::Write)?;
                self.piece.clear();
            }
            let (now, later) = content.split_at(content.len().min(PIECE - self.piece.len()));
            self.piece.extend_from_slice(now);
            content = later;
        }
        Ok(())
    }

    /// Writes the last piece.
    pub(super) fn end(mut self) -> Result<W, Error> {
        let payload = Payload {
            msg: &self.piece,
            aad: &self.head,
        };
        let sealed = self
            .encryptor
            .encrypt_last(payload)
            .map_err(|_| too_long())?;
        self.into.write_all(&sealed).map_err(Error::Write)?;
        Ok(self.into)
    }
}

impl<R: Read> Opening<R> {
    pub(super) fn begin(mut from: R, passphrase: &str) -> Result<Self, Error> {
        let read = up_to(&mut from, HEAD)?;
        if !read.starts_with(MAGIC) {
            return Err(Error::NoBackup);
        }
        let head: [u8; HEAD] = read.try_into().map_err(|_| Error::Damaged)?;
        if sum(&head[..SUMMED]) != head[SUMMED..] {
            return Err(Error::Damaged);
        }
        let (version, fields) = head[MAGIC.len()..SUMMED].split_at(2);
        if version != VERSION.to_be_bytes() {
            return Err(Error::Form(u16::from_be_bytes([version[0], version[1]])));
        }
        let (salt, fields) = fields.split_at(SALT);
        let (nonce, expected) = fields.split_at(NONCE);
        let (key, check) = derive(passphrase, salt)?;
        if check != expected {
            return Err(Error::Passphrase);
        }
        let next = up_to(&mut from, PIECE + TAG)?;
        let decryptor = Some(DecryptorBE32::new(&key, nonce.into()));
        Ok(Self {
            from,
            head,
            decryptor,
            next,
        })
    }

    /// The next piece; none after the last.
    pub(super) fn piece(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let Some(mut decryptor) = self.decryptor.take() else {
            return Ok(None);
        };
        let piece = std::mem::take(&mut self.next);
        let payload = Payload {
            msg: &piece,
            aad: &self.head,
        };
        self.next = up_to(&mut self.from, PIECE + TAG)?;
        let opened = if self.next.is_empty() {
            decryptor.decrypt_last(payload)
        } else {
            let opened = decryptor.decrypt_next(payload);
            self.decryptor = Some(decryptor);
            opened
        };
        opened.map(Some).map_err(|_| Error::Damaged)
    }
}

/// The key, and what tells the right passphrase from a wrong one; neither says anything about the other.
fn derive(passphrase: &str, salt: &[u8]) -> Result<(Key, [u8; CHECK]), Error> {
    let mut made = [0; 32 + CHECK];
    let params = Params::new(MEMORY, PASSES, 1, Some(made.len())).map_err(Error::Key)?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, &mut made)
        .map_err(Error::Key)?;
    let mut check = [0; CHECK];
    check.copy_from_slice(&made[32..]);
    Ok((*Key::from_slice(&made[..32]), check))
}

fn sum(fields: &[u8]) -> [u8; SUM] {
    let mut sum = [0; SUM];
    sum.copy_from_slice(&Sha256::digest(fields)[..SUM]);
    sum
}

/// As many bytes as there are, and so many at most.
fn up_to(from: &mut impl Read, most: usize) -> Result<Vec<u8>, Error> {
    let mut read = Vec::with_capacity(most);
    from.take(most as u64)
        .read_to_end(&mut read)
        .map_err(Error::Read)?;
    Ok(read)
}

fn too_long() -> Error {
    Error::Write(io::Error::other("a backup holds 256 TiB at most"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(content: &[u8]) -> Vec<u8> {
        let mut sealing = Sealing::begin(Vec::new(), "kraan molen zwaluw").unwrap();
        for part in content.chunks(50_000) {
            sealing.add(part).unwrap();
        }
        sealing.end().unwrap()
    }

    fn open(file: &[u8], passphrase: &str) -> Result<Vec<u8>, String> {
        let open = || {
            let mut opening = Opening::begin(file, passphrase)?;
            let mut all = Vec::new();
            while let Some(piece) = opening.piece()? {
                all.extend(piece);
            }
            Ok(all)
        };
        open().map_err(|error: Error| error.to_string())
    }

    #[test]
    fn what_is_sealed_opens_with_the_passphrase_only() {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE] {
            let content: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let file = seal(&content);
            assert_eq!(
                open(&file, "kraan molen zwaluw").unwrap(),
                content,
                "{length}"
            );
        }
        let file = seal(b"geheim");
        assert_ne!(file, seal(b"geheim"), "each has a salt of its own");
        assert!(
            open(&file, "kraan molen")
                .unwrap_err()
                .contains("the passphrase is not that of the backup")
        );
    }

    #[test]
    fn nothing_can_be_changed_cut_or_moved() {
        let file = seal(&vec![7; 2 * PIECE + 9]);
        let check = |file: &[u8], expected: &str, what: &str| {
            let error = open(file, "kraan molen zwaluw").unwrap_err();
            assert!(error.contains(expected), "{what}: {error}");
        };
        let damaged = "is damaged, or its end is missing";
        for at in [
            MAGIC.len(),
            20,
            SUMMED - 1,
            SUMMED,
            HEAD,
            HEAD + PIECE,
            file.len() - 1,
        ] {
            let mut changed = file.clone();
            changed[at] ^= 1;
            check(&changed, damaged, &format!("byte {at}"));
        }
        let piece = PIECE + TAG;
        for length in [
            MAGIC.len(),
            HEAD - 1,
            HEAD,
            HEAD + piece,
            HEAD + 2 * piece,
            file.len() - 1,
        ] {
            check(&file[..length], damaged, &format!("{length} bytes"));
        }
        check(&[&file[..], b"x"].concat(), damaged, "longer");
        let (first, second) = file[HEAD..].split_at(piece);
        let moved = [&file[..HEAD], &second[..piece], first, &second[piece..]].concat();
        check(&moved, damaged, "moved");
        check(b"", "is no backup of Centrale", "empty");
        check(b"{}", "is no backup of Centrale", "something else");
        let mut later = file.clone();
        later[MAGIC.len() + 1] = 9;
        let summed = sum(&later[..SUMMED]);
        later[SUMMED..HEAD].copy_from_slice(&summed);
        check(&later, "form 9", "a later form");
    }
}
