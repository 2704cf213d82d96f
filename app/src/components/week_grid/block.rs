//! A block in the grid: a button on its first day, and its continuation on the days after.

use super::pieces::{Piece, pieces};
use super::time_text::write;
use super::words::{block_name, end_of};
use crate::components::percent::percent;
use centrale_core::schedule::Block;
use leptos::prelude::*;

/// The id by which a block is focused.
pub(crate) fn block_id(grid: &str, index: usize) -> String {
    format!("{grid}-{index}")
}

/// A block of the schedule in the grid.
#[component]
pub(crate) fn BlockView(
    /// The id of the grid.
    grid: String,
    /// Its place in the list.
    index: usize,
    /// The block.
    block: Block,
    /// A key was pressed on it.
    on_key: Callback<(usize, web_sys::KeyboardEvent)>,
    /// Its exact times are wanted.
    on_exact: Callback<usize>,
) -> impl IntoView {
    let left = move |piece: Piece| percent(u16::from(piece.day), 7);
    let top = move |piece: Piece| percent(piece.start, 1440);
    let height = move |piece: Piece| percent(piece.end - piece.start, 1440);
    let rest = move |piece: Piece| {
        view! {
            <span
                class="week-block rest"
                class:last=piece.last
                style:left=left(piece)
                style:top=top(piece)
                style:height=height(piece)
            />
        }
    };
    let pieces = pieces(block);
    let on_click = move |event: web_sys::MouseEvent| {
        // Keys and assistive technology click without a pointer.
        if event.detail() == 0 {
            on_exact.run(index);
        }
    };
    let head = pieces.first().copied().map(|piece| {
        let from = write(i32::from(piece.start));
        let to = write(i32::from(end_of(block).1));
        view! {
            <button
                type="button"
                id=block_id(&grid, index)
                class="week-block"
                class:last=piece.last
                class:short=piece.end - piece.start < 45
                style:left=left(piece)
                style:top=top(piece)
                style:height=height(piece)
                aria-label=move || block_name(block)
                aria-describedby=format!("{grid}-hint")
                on:keydown=move |event| on_key.run((index, event))
                on:click=on_click
                on:dblclick=move |_| on_exact.run(index)
            >
                <span>{from}</span>
                <span>{to}</span>
            </button>
        }
    });
    view! {
        {head}
        {pieces.into_iter().skip(1).map(rest).collect_view()}
    }
}
