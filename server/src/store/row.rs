//! Values as columns hold them.
