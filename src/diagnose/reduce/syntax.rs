//! The grammar's view of a program: a flat list of nodes with byte ranges.
//!
//! The parser is tree-sitter with its Lua grammar, and not `full_moon`, for what a reducer meets:
//!
//! * *Hostile nesting.* tree-sitter's parser and cursor keep their stacks on the heap. `full_moon` parses expressions by
//!   recursion, into a tree of boxes, so a file of a million `(` would need a guess at the depth that still fits.
//! * *Losslessness.* An edit is a byte range, so all that is wanted of a tree are ranges. What the tree says wrongly costs
//!   a test that fails, never a byte.
//! * *What is no Lua.* A reduction of a refused program must get on as well; tree-sitter gives a tree with error nodes in
//!   it, where `full_moon` gives the errors and a partial tree.
//! * *Long files.* A parse can be stopped from within, so the time that it takes is bounded here.
//!
//! Against it speaks that its grammar is a mixture of Lua 5.1 to 5.5. So it is shown a text in which all that the versions
//! do not agree on is masked, byte by byte: strings and numbers are replaced by plain ones, comments by spaces, and names
//! that are words of later versions by other names. Only this file knows of tree-sitter.

use std::ops::{ControlFlow, Range};
use std::time::{Duration, Instant};

use tree_sitter::{ParseOptions, ParseState, Parser, Tree, TreeCursor};

use super::token::{self, Token};

/// How long a parse may take. What takes longer is reduced without a tree.
const PARSE_TIMEOUT: Duration = Duration::from_secs(2);

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The program, or the statements of a body; there is none for an empty body.
    Block,
    Local,
    Function,
    Assignment,
    Return,
    /// A `break` or a `;`.
    Word,
    Do,
    While,
    Repeat,
    If,
    For,
    ElseIf,
    Else,
    NumericRange,
    GenericRange,
    /// Expressions or variables between commas, without brackets.
    List,
    /// Names between brackets.
    Parameters,
    /// Between brackets, or a string or a table for itself.
    Arguments,
    Field,
    /// `nil`, `true`, `false` or `...`.
    Constant,
    Number,
    String,
    Name,
    /// A function as an expression.
    Closure,
    Index,
    /// What comes before the arguments of a method call.
    Method,
    /// An expression, or a statement if it is in a block.
    Call,
    Parenthesised,
    Table,
    Operation,
    /// What is no Lua.
    Error,
}

/// What a node is to the node above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The key or name of a field, the callee of a call, the name of a function, the variable of a loop.
    Name,
    /// The key of an index: a name after a dot, an expression in brackets.
    Key,
    /// The name of a method.
    Method,
    /// What is indexed.
    Indexed,
    /// The step of a numeric loop.
    Step,
    Other,
}

/// A piece of the program.
#[derive(Clone, Debug)]
pub struct Node {
    pub kind: Kind,
    pub role: Role,
    pub range: Range<usize>,
    /// The node above; the first node is its own.
    pub parent: usize,
    /// The first node after this one that is not below it.
    pub end: usize,
    /// How many blocks are around it.
    pub depth: usize,
}

/// The nodes of a program, each before those below it, which follow it directly.
#[derive(Clone, Debug, Default)]
pub struct Syntax {
    pub nodes: Vec<Node>,
}

impl Syntax {
    /// The nodes of a text that has these tokens; none if parsing takes too long.
    pub fn parse(text: &[u8], tokens: &[Token]) -> Self {
        let masked = mask(text, tokens);
        parse(&masked).map(|tree| flatten(&tree)).unwrap_or_default()
    }

    /// Whether all of the text is Lua.
    pub fn is_whole(&self) -> bool {
        !self.nodes.is_empty() && self.nodes.iter().all(|node| node.kind != Kind::Error)
    }

    /// The nodes directly below a node.
    pub fn children(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.nodes.get(node).map_or(0, |found| found.end);
        let mut next = node + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then_some(next)?;
            next = self.nodes.get(child)?.end.max(child + 1);
            Some(child)
        })
    }

    /// Every node that is below a node, at any depth.
    pub fn below(&self, node: usize) -> Range<usize> {
        node + 1..self.nodes.get(node).map_or(0, |found| found.end)
    }

    /// The statements, with their indices.
    pub fn statements(&self) -> impl Iterator<Item = (usize, &Node)> {
        self.nodes.iter().enumerate().filter(|(_, node)| self.is_statement(node))
    }

    /// Whether a node is a statement: it is in a block.
    pub fn is_statement(&self, node: &Node) -> bool {
        node.kind != Kind::Block && self.kind_above(node) == Kind::Block
    }

    /// The kind of a node.
    pub fn kind(&self, node: usize) -> Kind {
        self.nodes.get(node).map_or(Kind::Error, |node| node.kind)
    }

    /// The kind of the node above a node.
    pub fn kind_above(&self, node: &Node) -> Kind {
        self.kind(node.parent)
    }
}

/// The text as it is shown to the grammar: of the same length, with every token where it was.
fn mask(text: &[u8], tokens: &[Token]) -> Vec<u8> {
    let mut masked = text.to_vec();
    for token in tokens {
        let Some(word) = masked.get_mut(token.range.clone()) else { continue };
        match token.kind {
            token::Kind::Comment => word.fill(b' '),
            token::Kind::String => {
                word.fill(b'x');
                if let [first, .., last] = word {
                    (*first, *last) = (b'"', b'"');
                }
            }
            token::Kind::Number => word.fill(b'1'),
            token::Kind::Name if matches!(&*word, b"goto" | b"global") => word.fill(b'x'),
            token::Kind::Stray => word.fill(b'@'),
            token::Kind::Name | token::Kind::Keyword | token::Kind::Punctuation => {}
        }
    }
    masked
}

fn parse(masked: &[u8]) -> Option<Tree> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_lua::LANGUAGE.into()).ok()?;
    let deadline = Instant::now() + PARSE_TIMEOUT;
    let mut watch = |_: &ParseState| match Instant::now() < deadline {
        true => ControlFlow::Continue(()),
        false => ControlFlow::Break(()),
    };
    let options = ParseOptions::new().progress_callback(&mut watch);
    parser.parse_with_options(&mut |offset, _| masked.get(offset..).unwrap_or_default(), None, Some(options))
}

fn flatten(tree: &Tree) -> Syntax {
    let mut nodes: Vec<Node> = Vec::new();
    // The nodes above the cursor: whether each is in the list, by its index.
    let mut path: Vec<Option<usize>> = Vec::new();
    let mut cursor = tree.walk();
    loop {
        let parent = path.iter().rev().find_map(|index| *index);
        let added = node_at(&cursor, parent, &nodes);
        let index = added.map(|node| {
            nodes.push(node);
            nodes.len() - 1
        });
        if cursor.goto_first_child() {
            path.push(index);
            continue;
        }
        close(&mut nodes, index);
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return Syntax { nodes };
            }
            let left = path.pop().flatten();
            close(&mut nodes, left);
        }
    }
}

/// Notes where the nodes below a node end, when all of them are in the list.
fn close(nodes: &mut [Node], index: Option<usize>) {
    let end = nodes.len();
    if let Some(node) = index.and_then(|index| nodes.get_mut(index)) {
        node.end = end;
    }
}

/// The node that the cursor is at, unless it is one that no pass has a use for.
fn node_at(cursor: &TreeCursor<'_>, parent: Option<usize>, nodes: &[Node]) -> Option<Node> {
    let found = cursor.node();
    let above = parent.and_then(|parent| nodes.get(parent));
    let kind = if found.is_error() || found.is_missing() {
        Kind::Error
    } else if found.is_named() {
        kind_of(found.kind(), above.map(|node| node.kind))?
    } else {
        return None;
    };
    let depth = above.map_or(0, |node| node.depth + usize::from(node.kind == Kind::Block));
    let role = cursor.field_name().map_or(Role::Other, role_of);
    Some(Node { kind, role, range: found.byte_range(), parent: parent.unwrap_or_default(), end: 0, depth })
}

fn role_of(field: &str) -> Role {
    match field {
        "name" => Role::Name,
        "field" => Role::Key,
        "method" => Role::Method,
        "table" => Role::Indexed,
        "step" => Role::Step,
        _ => Role::Other,
    }
}

fn kind_of(name: &str, above: Option<Kind>) -> Option<Kind> {
    Some(match name {
        "chunk" | "block" => Kind::Block,
        "variable_declaration" => Kind::Local,
        "function_declaration" => Kind::Function,
        // What a local declaration consists of is part of it.
        "assignment_statement" if above == Some(Kind::Local) => return None,
        "assignment_statement" => Kind::Assignment,
        "return_statement" => Kind::Return,
        "break_statement" | "empty_statement" => Kind::Word,
        "do_statement" => Kind::Do,
        "while_statement" => Kind::While,
        "repeat_statement" => Kind::Repeat,
        "if_statement" => Kind::If,
        "for_statement" => Kind::For,
        "elseif_statement" => Kind::ElseIf,
        "else_statement" => Kind::Else,
        "for_numeric_clause" => Kind::NumericRange,
        "for_generic_clause" => Kind::GenericRange,
        "variable_list" | "expression_list" => Kind::List,
        "parameters" => Kind::Parameters,
        "arguments" => Kind::Arguments,
        "field" => Kind::Field,
        "nil" | "true" | "false" | "vararg_expression" => Kind::Constant,
        "number" => Kind::Number,
        "string" => Kind::String,
        "identifier" => Kind::Name,
        "function_definition" => Kind::Closure,
        "dot_index_expression" | "bracket_index_expression" => Kind::Index,
        "method_index_expression" => Kind::Method,
        "function_call" => Kind::Call,
        "parenthesized_expression" => Kind::Parenthesised,
        "table_constructor" => Kind::Table,
        "binary_expression" | "unary_expression" => Kind::Operation,
        // Statements of later versions, which only text that is no Lua 5.1 has.
        "label_statement" | "goto_statement" | "implicit_variable_declaration" | "attribute" => Kind::Error,
        _ => return None,
    })
}
