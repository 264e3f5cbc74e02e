extension [UInt8] {
    /// Where the bytes of a text begin, wherever they stand.
    public func places(of text: String) -> [Int] {
        let wanted = [UInt8](text.utf8)
        guard count >= wanted.count else { return [] }
        return (0...count - wanted.count).filter { self[$0...].starts(with: wanted) }
    }
}
