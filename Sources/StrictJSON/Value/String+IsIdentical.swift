extension String {
    /// Whether both strings consist of the same bytes.
    ///
    /// `==` compares under canonical equivalence, for which "é" has two spellings: an upstream could then send two
    /// names, or two ids, that one side of a check takes for one.
    func isIdentical(to other: String) -> Bool {
        // What differs under equivalence differs in its bytes, and `==` is quick to say so.
        self == other && utf8.elementsEqual(other.utf8)
    }
}
