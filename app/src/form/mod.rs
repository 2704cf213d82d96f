//! Draws the form of a service by the kinds of its fields.
