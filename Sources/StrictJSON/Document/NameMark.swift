/// What two equal names have in common, and most others do not: how long they are, how they begin and how they end.
///
/// Two marks are compared in one step, so that looking a name up among others compares few names byte by byte.
struct NameMark: Equatable {
    /// The mark of what is no name.
    static let none = NameMark(value: 0)

    let value: UInt32

    init(of name: Span<UInt8>) {
        let length = UInt32(truncatingIfNeeded: name.count)
        value = name.isEmpty ? 0 : length << 16 | UInt32(name[0]) << 8 | UInt32(name[name.count - 1])
    }

    private init(value: UInt32) {
        self.value = value
    }
}
