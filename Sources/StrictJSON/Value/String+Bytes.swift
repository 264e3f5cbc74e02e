// `==` and `<` compare under canonical equivalence, under which "é" has two spellings: an upstream could then send two
// names, or two ids, that one side of a check treats as equal.
extension String {
    /// Whether both strings consist of the same bytes.
    func isIdentical(to other: String) -> Bool {
        let (bytes, otherBytes) = (utf8.span, other.utf8.span)
        guard bytes.count == otherBytes.count else { return false }
        for index in bytes.indices where bytes[index] != otherBytes[index] {
            return false
        }
        return true
    }

    /// Whether this string precedes another in byte order, which is also the order of their scalars.
    func precedes(_ other: String) -> Bool {
        let (bytes, otherBytes) = (utf8.span, other.utf8.span)
        for index in 0..<min(bytes.count, otherBytes.count) where bytes[index] != otherBytes[index] {
            return bytes[index] < otherBytes[index]
        }
        return bytes.count < otherBytes.count
    }
}
