//! Packs the locale files into three texts that the portal embeds: the keys, and the Dutch and English messages in
//! the order of the keys. `src/text` unpacks and fills them in; nothing of Fluent is left at run time.
//! Also tells the linker what `script/chunks.mjs` needs.

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The marks of the packed form; `src/text/fill.rs` reads the same ones.
const VARIABLE: char = '\u{1}';
const END_OF_NAME: char = '\u{2}';
const SELECT: char = '\u{3}';
const END_OF_KEY: char = '\u{4}';
const END_OF_ARM: char = '\u{5}';
const END_OF_SELECT: char = '\u{6}';
const END_OF_TEXT: &str = "\u{7}";

type Fallible<T> = Result<T, Box<dyn Error>>;
type Messages = BTreeMap<String, String>;

fn main() -> Fallible<()> {
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("locales");
    println!("cargo::rerun-if-changed={}", folder.display());
    // What the cutting into chunks goes by; see src/chunks.rs.
    if env::var("CARGO_CFG_TARGET_ARCH")? == "wasm32" && env::var("PROFILE")? == "release" {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
    let dutch = read(&folder.join("nl"))?;
    let english = read(&folder.join("en"))?;
    let keys: BTreeSet<&String> = dutch.keys().chain(english.keys()).collect();
    let texts = |messages: &Messages| {
        keys.iter()
            .flat_map(|key| [messages.get(*key).map_or("", String::as_str), END_OF_TEXT])
            .collect::<String>()
    };
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(
        out.join("keys"),
        keys.iter()
            .flat_map(|key| [key.as_str(), "\n"])
            .collect::<String>(),
    )?;
    fs::write(out.join("nl"), texts(&dutch))?;
    fs::write(out.join("en"), texts(&english))?;
    Ok(())
}

fn read(folder: &Path) -> Fallible<Messages> {
    let mut messages = Messages::new();
    let mut files = fs::read_dir(folder)?
        .map(|file| Ok(file?.path()))
        .collect::<Fallible<Vec<_>>>()?;
    files.sort();
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|e| e == "ftl"))
    {
        let text = fs::read_to_string(file)?;
        let resource = fluent_syntax::parser::parse(text.as_str())
            .map_err(|(_, errors)| format!("{}: {errors:?}", file.display()))?;
        for entry in resource.body {
            let Entry::Message(message) = entry else {
                continue;
            };
            let key = message.id.name.to_owned();
            let value = message
                .value
                .ok_or_else(|| format!("{}: {key} has no text", file.display()))?;
            let packed = pack(&value).map_err(|e| format!("{}: {key}: {e}", file.display()))?;
            if messages.insert(key.clone(), packed).is_some() {
                return Err(format!("{}: {key} stands there twice", file.display()).into());
            }
        }
    }
    Ok(messages)
}

fn pack(pattern: &Pattern<&str>) -> Fallible<String> {
    let mut packed = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => packed.push_str(value),
            PatternElement::Placeable { expression } => pack_expression(expression, &mut packed)?,
        }
    }
    Ok(packed)
}

fn pack_expression(expression: &Expression<&str>, packed: &mut String) -> Fallible<()> {
    match expression {
        Expression::Inline(InlineExpression::StringLiteral { value }) => packed.push_str(value),
        Expression::Inline(InlineExpression::VariableReference { id }) => {
            packed.push(VARIABLE);
            packed.push_str(id.name);
            packed.push(END_OF_NAME);
        }
        Expression::Select {
            selector: InlineExpression::VariableReference { id },
            variants,
        } => {
            packed.push(SELECT);
            packed.push_str(id.name);
            packed.push(END_OF_NAME);
            // The default comes last and has no key: whatever reaches it, gets it.
            let (default, others): (Vec<_>, Vec<_>) =
                variants.iter().partition(|variant| variant.default);
            for variant in others {
                match &variant.key {
                    VariantKey::Identifier { name } => packed.push_str(name),
                    VariantKey::NumberLiteral { value } => packed.push_str(value),
                }
                packed.push(END_OF_KEY);
                packed.push_str(&pack(&variant.value)?);
                packed.push(END_OF_ARM);
            }
            for variant in default {
                packed.push(END_OF_KEY);
                packed.push_str(&pack(&variant.value)?);
                packed.push(END_OF_ARM);
            }
            packed.push(END_OF_SELECT);
        }
        _ => {
            return Err(
                "only variables, selects on a variable and quoted texts are understood".into(),
            );
        }
    }
    Ok(())
}
