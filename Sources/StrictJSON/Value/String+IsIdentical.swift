extension String {
    /// Whether both strings consist of the same bytes.
    ///
    /// `==` compares under canonical equivalence, under which "é" has two spellings: an upstream could then send two
    /// names, or two ids, that one side of a check treats as equal.
    func isIdentical(to other: String) -> Bool {
        let (bytes, otherBytes) = (utf8.span, other.utf8.span)
        guard bytes.count == otherBytes.count else { return false }
        for index in bytes.indices where bytes[index] != otherBytes[index] {
            return false
        }
        return true
    }
}
