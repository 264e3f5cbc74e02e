/// What two equal names have in common, and most others do not: how long they are, how they begin and how they end.
///
/// Two marks are compared in one step, so that looking a name up among others compares few names byte by byte.
struct NameMark: Equatable {
    private let value: UInt32

    init(of name: String) {
        let bytes = name.utf8.span
        let length = UInt32(truncatingIfNeeded: bytes.count)
        value = bytes.isEmpty ? 0 : length << 16 | UInt32(bytes[0]) << 8 | UInt32(bytes[bytes.count - 1])
    }
}
