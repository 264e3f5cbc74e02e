import IdentityBroker

/// A phone number with digits hidden, such as `188xxxx8888` or `+86188****8888`.
struct PhoneMask {
    /// Digits, with nil for each that is hidden.
    private let digits: [UInt8?]
    private let hasCountryCode: Bool

    private static let longestCountryCode = 3

    /// Nil unless the text is digits with at least one of them hidden.
    init?(_ text: String) {
        // Most numbers have no hidden digits.
        if text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: "+") }) { return nil }
        hasCountryCode = text.hasPrefix("+")
        var digits: [UInt8?] = []
        digits.reserveCapacity(text.utf8.count)
        for character in text.unicodeScalars.dropFirst(hasCountryCode ? 1 : 0) {
            switch character {
            case "0"..."9": digits.append(UInt8(ascii: character))
            case "x", "X", "*", "•", "●": digits.append(nil)
            default: return nil
            }
        }
        guard digits.contains(nil) else { return nil }
        self.digits = digits
    }

    /// Whether the number may be the masked one. A mask without `+` may lack the country code.
    func fits(_ number: PhoneNumber) -> Bool {
        let whole = Array(number.rawValue.utf8.dropFirst())
        let missing = whole.count - digits.count
        guard (0...(hasCountryCode ? 0 : Self.longestCountryCode)).contains(missing) else { return false }
        return zip(digits, whole.dropFirst(missing)).allSatisfy { shown, digit in shown == nil || shown == digit }
    }
}
