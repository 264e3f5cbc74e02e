extension [UInt8] {
    /// The positions at which the bytes of a text occur.
    public func places(of text: String) -> [Int] {
        let wanted = [UInt8](text.utf8)
        guard count >= wanted.count else { return [] }
        return (0...count - wanted.count).filter { self[$0...].starts(with: wanted) }
    }
}
