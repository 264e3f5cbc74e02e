// StrictJSON has the same for itself. Called across modules it is not inlined, and a login takes 2,000 instructions more.
extension String {
    /// Whether both texts are the same bytes, which `==` does not compare.
    func isIdentical(to other: String) -> Bool {
        let (bytes, otherBytes) = (utf8.span, other.utf8.span)
        guard bytes.count == otherBytes.count else { return false }
        for index in bytes.indices where bytes[index] != otherBytes[index] {
            return false
        }
        return true
    }
}
