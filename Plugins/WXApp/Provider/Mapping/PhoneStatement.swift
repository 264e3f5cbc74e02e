import IdentityBroker
import StrictJSON

/// What one place states about the phone number.
enum PhoneStatement {
    /// Nothing.
    case absent
    /// A whole number.
    case whole(PhoneNumber)
    /// A number with digits hidden.
    case masked(PhoneMask)
    /// Something that is not a number, or a number without its country.
    case unusable

    /// Reads `+8617670416754`, `17670416754` (mainland China), `188xxxx8888`, and spaces or hyphens between.
    ///
    /// - Parameter countryCode: The country code that the record states next to the number, such as `+86` or `86`. It
    ///   wins over a guess.
    init(_ value: JSONValue?, countryCode: JSONValue? = nil) {
        guard let written = value?.textOrNumber else {
            self = .absent
            return
        }
        let hasSpacing = written.utf8.contains(where: Self.isSpacing)
        let text = hasSpacing ? String(decoding: written.utf8.filter { !Self.isSpacing($0) }, as: UTF8.self) : written
        if let mask = PhoneMask(text) {
            self = .masked(mask)
        } else if let number = Self.number(text, countryCode: countryCode?.textOrNumber) {
            self = .whole(number)
        } else {
            self = .unusable
        }
    }

    private static func isSpacing(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "("), UInt8(ascii: ")"): true
        default: false
        }
    }

    private static func number(_ text: String, countryCode: String?) -> PhoneNumber? {
        guard let countryCode else {
            if text.hasPrefix("+") { return PhoneNumber(text) }
            return isMainlandMobile(text) ? PhoneNumber("+86" + text) : nil
        }
        let code = countryCode.hasPrefix("+") ? countryCode : "+" + countryCode
        if text.hasPrefix("+") { return text.hasPrefix(code) ? PhoneNumber(text) : nil }
        // A leading zero is dialed within the country only.
        guard (2...4).contains(code.utf8.count), !text.hasPrefix("0"), code != "+86" || isMainlandMobile(text) else {
            return nil
        }
        return PhoneNumber(code + text)
    }

    /// `^1[3-9]\d{9}$`, the mobile numbers of mainland China (MIIT numbering plan).
    private static func isMainlandMobile(_ text: String) -> Bool {
        let digits = text.utf8
        guard digits.count == 11, digits.allSatisfy({ (0x30...0x39).contains($0) }), digits.first == 0x31,
            let second = digits.dropFirst().first
        else { return false }
        return second >= 0x33
    }
}

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
