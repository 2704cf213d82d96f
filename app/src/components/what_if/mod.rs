//! The what-if: its fields, the week with its cursor, and the words for what a call would do. It decides nothing and
//! fetches nothing; `pages::what_if` brings configuration and question together.

mod caller_field;
mod fields;
mod line_field;
mod moment_field;
mod names;
mod segmented;
mod story_step;
mod travel;
mod words;

pub(crate) use caller_field::CallerField;
pub(crate) use fields::{WhatIfFields, question};
pub(crate) use line_field::LineField;
pub(crate) use moment_field::MomentField;
pub(crate) use names::{Names, called, dialled};
pub(crate) use story_step::story_steps;
pub(crate) use travel::Travel;
pub(crate) use words::{headline, path_step, service_name};
