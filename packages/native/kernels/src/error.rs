use std::fmt;

/// Why a call gave no answer. Messages name the thing, what was found and what would work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The watch asked to stop. Unless the call says otherwise, nothing was changed.
    Cancelled,
    /// The session has been closed.
    Closed,
    /// Lengths, indices or numbers that do not fit together.
    Shape(String),
    /// The operating system refused something: threads, memory.
    System(String),
}

impl Error {
    /// An `Error::Shape` that says `thing: expected …, found …`.
    pub fn expected(thing: &str, expected: impl fmt::Display, found: impl fmt::Display) -> Error {
        Error::Shape(format!("{thing}: expected {expected}, found {found}"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Cancelled => write!(f, "cancelled"),
            Error::Closed => write!(f, "session: expected an open one, found it closed"),
            Error::Shape(message) | Error::System(message) => write!(f, "{message}"),
        }
    }
}

impl std::error::Error for Error {}
