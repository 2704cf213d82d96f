//! A email: what is said to whom, and how it becomes a mail (RFC 5322) that only has to be sent.

use super::text::Text;
use crate::store::Mail;
use centrale_core::organisation::Language;
use centrale_core::time::Timestamp;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};
use std::fmt;
use std::time::{Duration, UNIX_EPOCH};

/// What is said to whom.
#[derive(Clone, PartialEq, Eq)]
pub struct Email {
    /// The address of the recipient.
    pub to: String,
    /// The subject, one line.
    pub subject: String,
    /// The text, plain.
    pub text: String,
    /// What goes with it.
    pub enclosed: Option<Enclosed>,
}

/// A file that goes with an email.
#[derive(Clone, PartialEq, Eq)]
pub struct Enclosed {
    /// The name of the file.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// What is in it.
    pub content: Vec<u8>,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A WAV file.
    Wav,
    /// A table as CSV.
    Csv,
}

/// Why an email cannot become a mail.
#[derive(Debug, thiserror::Error)]
pub enum EmailError {
    /// The address is none.
    #[error("the address is not one: {0}")]
    Address(#[from] lettre::address::AddressError),
    /// A header cannot be written.
    #[error("the mail cannot be written: {0}")]
    Write(#[from] lettre::error::Error),
    /// A content type cannot be read.
    #[error("the attachment has no type: {0}")]
    Kind(#[from] lettre::message::header::ContentTypeErr),
}

/// What an email says is for its recipient only.
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Email")
            .field("enclosed", &self.enclosed.as_ref().map(|e| e.kind))
            .finish_non_exhaustive()
    }
}

/// The email by which an administrator sees whether mails are taken.
pub(crate) fn trial(to: &str, language: Language) -> Email {
    let text = Text::of(language);
    let (subject, says) = (text.say("trial-subject"), text.say("trial-text"));
    Email {
        to: to.to_owned(),
        subject,
        text: says + "\n",
        enclosed: None,
    }
}

/// The email with a link by which somebody chooses a password.
pub(crate) fn password_reset(to: &str, language: Language, link: &str) -> Email {
    let text = Text::of(language);
    let says = text.fill("password-text", &[("link", link)]);
    Email {
        to: to.to_owned(),
        subject: text.say("password-subject"),
        text: says + "\n",
        enclosed: None,
    }
}

impl Email {
    /// The mail, written at a moment under a name that no other mail has.
    pub(super) fn mail(
        &self,
        from: &Mailbox,
        name: &str,
        now: Timestamp,
    ) -> Result<Mail, EmailError> {
        let message_id = format!("{name}@{}", from.email.domain());
        let at = UNIX_EPOCH + Duration::from_millis(now.0.max(0).unsigned_abs());
        let builder = Message::builder()
            .message_id(Some(format!("<{message_id}>")))
            .date(at)
            .from(from.clone())
            .to(Mailbox::new(None, self.to.parse()?))
            .subject(self.subject.replace(['\r', '\n'], " "))
            // Nobody's absence is to be told to us (RFC 3834, § 5).
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ));
        let text = SinglePart::plain(self.text.clone());
        let message = match &self.enclosed {
            None => builder.singlepart(text)?,
            Some(file) => {
                let kind = match file.kind {
                    Kind::Wav => "audio/wav",
                    Kind::Csv => "text/csv; charset=utf-8",
                };
                let enclosed = Attachment::new(file.name.clone())
                    .body(file.content.clone(), ContentType::parse(kind)?);
                builder.multipart(MultiPart::mixed().singlepart(text).singlepart(enclosed))?
            }
        };
        let content = String::from_utf8_lossy(&message.formatted()).into_owned();
        Ok(Mail {
            message_id,
            recipient: self.to.clone(),
            content,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email() -> Email {
        Email {
            to: "sanne@example.com".into(),
            subject: "Één oproep\r\nBcc: all@example.com".into(),
            text: "Zoë belde.\n".into(),
            enclosed: None,
        }
    }

    fn written(email: &Email) -> String {
        let from = "Centrale <centrale@example.com>".parse().unwrap();
        let mail = email
            .mail(&from, "n", Timestamp(1_790_000_000_000))
            .unwrap();
        assert_eq!(mail.message_id, "n@example.com");
        assert!(mail.content.is_ascii(), "{}", mail.content);
        mail.content
    }

    #[test]
    fn a_mail_has_what_a_mail_needs() {
        let content = written(&email());
        let (head, body) = content.split_once("\r\n\r\n").unwrap();
        let mut lines: Vec<&str> = head.lines().filter(|line| !line.starts_with(' ')).collect();
        lines.retain(|line| !line.starts_with("Subject: =?utf-8?b?"));
        assert_eq!(
            lines,
            [
                "Message-ID: <n@example.com>",
                "Date: Mon, 21 Sep 2026 14:13:20 +0000",
                "From: Centrale <centrale@example.com>",
                "To: sanne@example.com",
                "Auto-Submitted: auto-generated",
                "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: quoted-printable",
            ]
        );
        assert_eq!(body.trim_end(), "Zo=C3=AB belde.");
    }

    #[test]
    fn a_file_goes_with_it() {
        let enclosed = Enclosed {
            name: "bericht.wav".into(),
            kind: Kind::Wav,
            content: vec![0xff; 4],
        };
        let content = written(&Email {
            enclosed: Some(enclosed),
            ..email()
        });
        for expected in [
            "Content-Type: multipart/mixed;",
            "Content-Disposition: attachment; filename=\"bericht.wav\"",
            "Content-Type: audio/wav",
            "/////w==",
        ] {
            assert!(content.contains(expected), "{content}");
        }
    }

    #[test]
    fn an_address_is_one() {
        let from = "centrale@example.com".parse().unwrap();
        let check = |to: &str, expected: bool| {
            let made = Email {
                to: to.into(),
                ..email()
            }
            .mail(&from, "n", Timestamp(0))
            .is_ok();
            assert_eq!(made, expected, "{to}");
        };
        check("a@b.example", true);
        check("a", false);
        check("a@b.example\r\nBcc: c@d.example", false);
        check("a@b.example, c@d.example", false);
        check("", false);
    }
}
