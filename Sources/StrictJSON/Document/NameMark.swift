/// A fingerprint that equal names share and most different names do not: length, beginning and end.
///
/// Two marks compare in one step, so that a lookup compares few names byte by byte.
struct NameMark: Equatable {
    /// The mark of an item that is not a name.
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
