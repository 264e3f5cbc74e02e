extension Span<UInt8> {
    /// Whether both contain the same bytes.
    func isIdentical(to other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in indices where self[index] != other[index] {
            return false
        }
        return true
    }
}
