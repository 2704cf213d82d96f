//! Settings as sentences: what a service does now.
