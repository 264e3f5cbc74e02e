extension String {
    /// Whether both strings consist of the same bytes.
    ///
    /// `==` compares under canonical equivalence, for which "é" has two spellings: an upstream could then send two
    /// names, or two ids, that one side of a check takes for one.
    func isIdentical(to other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}
