//! The compiler: source text to prototypes in a single pass, bytecode identical to the reference's.
