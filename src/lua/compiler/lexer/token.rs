//! Tokens: their kinds, their values, how error messages name them.

use super::interner::NameId;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Kind {
    /// A byte that stands for itself; any byte that starts nothing else is one.
    Char(u8),
    And,
    Break,
    Do,
    Else,
    ElseIf,
    End,
    False,
    For,
    Function,
    If,
    In,
    Local,
    Nil,
    Not,
    Or,
    Repeat,
    Return,
    Then,
    True,
    Until,
    While,
    Concat,
    Dots,
    Equal,
    GreaterEqual,
    LessEqual,
    NotEqual,
    Number,
    Name,
    String,
    EndOfStream,
}

/// A token with its value.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Token {
    pub kind: Kind,
    /// The text of a name or string; meaningless for other tokens.
    pub text: NameId,
    /// The value of a number; meaningless for other tokens.
    pub number: f64,
}

impl Token {
    /// A token without a value.
    pub fn plain(kind: Kind) -> Self {
        Self { kind, text: NameId::default(), number: 0.0 }
    }
}

impl Kind {
    /// The reserved word that these bytes spell.
    pub fn reserved(word: &[u8]) -> Option<Self> {
        Some(match word {
            b"and" => Self::And,
            b"break" => Self::Break,
            b"do" => Self::Do,
            b"else" => Self::Else,
            b"elseif" => Self::ElseIf,
            b"end" => Self::End,
            b"false" => Self::False,
            b"for" => Self::For,
            b"function" => Self::Function,
            b"if" => Self::If,
            b"in" => Self::In,
            b"local" => Self::Local,
            b"nil" => Self::Nil,
            b"not" => Self::Not,
            b"or" => Self::Or,
            b"repeat" => Self::Repeat,
            b"return" => Self::Return,
            b"then" => Self::Then,
            b"true" => Self::True,
            b"until" => Self::Until,
            b"while" => Self::While,
            _ => return None,
        })
    }

    /// How messages write the kind (`luaX_token2str`): the word, the sign, or the class in angle brackets.
    pub fn spelling(self) -> Vec<u8> {
        let fixed = match self {
            Self::Char(byte) if byte.is_ascii_control() => return format!("char({byte})").into_bytes(),
            Self::Char(byte) => return vec![byte],
            Self::And => "and",
            Self::Break => "break",
            Self::Do => "do",
            Self::Else => "else",
            Self::ElseIf => "elseif",
            Self::End => "end",
            Self::False => "false",
            Self::For => "for",
            Self::Function => "function",
            Self::If => "if",
            Self::In => "in",
            Self::Local => "local",
            Self::Nil => "nil",
            Self::Not => "not",
            Self::Or => "or",
            Self::Repeat => "repeat",
            Self::Return => "return",
            Self::Then => "then",
            Self::True => "true",
            Self::Until => "until",
            Self::While => "while",
            Self::Concat => "..",
            Self::Dots => "...",
            Self::Equal => "==",
            Self::GreaterEqual => ">=",
            Self::LessEqual => "<=",
            Self::NotEqual => "~=",
            Self::Number => "<number>",
            Self::Name => "<name>",
            Self::String => "<string>",
            Self::EndOfStream => "<eof>",
        };
        fixed.as_bytes().to_vec()
    }

    /// Whether a block ends before this token.
    pub fn ends_block(self) -> bool {
        matches!(self, Self::Else | Self::ElseIf | Self::End | Self::Until | Self::EndOfStream)
    }
}
