/// A complete phone number in E.164 form: `+`, a country code that does not begin with 0, at most 15 digits in total.
public struct PhoneNumber: Sendable, Hashable {
    /// The number, such as `+8617670416754`.
    public let rawValue: String

    /// Parses a number. Returns nil for anything incomplete, such as a masked number.
    public init?(_ text: String) {
        let digits = text.utf8.dropFirst()
        guard text.hasPrefix("+"), (7...15).contains(digits.count), digits.first != 0x30,
            digits.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        rawValue = text
    }
}

extension PhoneNumber: CustomReflectable {
    /// A mirror without children: a complete phone number is personal data and does not belong in a log.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
