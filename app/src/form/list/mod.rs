//! Fields that hold a list: numbers, phones, speed dials. A line is typed in, moved and removed by buttons.

mod add_button;
mod destinations;
mod frame;
mod line_frame;
mod lines;
mod phones;
mod speed_dials;
mod users;

pub(super) use destinations::DestinationsField;
pub(super) use phones::PhonesField;
pub(super) use speed_dials::SpeedDialsField;
pub(super) use users::UsersField;
