import IdentityBroker
import StrictJSON
import UpstreamAPI

/// What WeChat states about a phone number: the number for people, the number alone, and the code of its country.
enum PhoneStatement: Equatable {
    /// The number, of which all three say the same.
    case whole(PhoneNumber)
    /// All three say the same, which is not a complete number in E.164 form.
    case unusable
    /// One of the three is missing, or they contradict each other.
    case contradictory

    init(_ members: JSONObject) {
        guard let shown = members.text("phoneNumber").map(Self.withoutSpacing),
            let number = members.text("purePhoneNumber").map(Self.withoutSpacing),
            let country = Self.country(members["countryCode"])
        else {
            self = .contradictory
            return
        }
        // Of a number outside mainland China, WeChat shows the country: without it, nothing else in the record would confirm
        // the code.
        let forms = ["\(country)\(number)", "+\(country)\(number)"] + (country == "86" ? [number] : [])
        guard forms.contains(where: { $0.utf8.elementsEqual(shown.utf8) }) else {
            self = .contradictory
            return
        }
        let isUsable = country != "86" || Self.isMainlandMobile(number)
        self = PhoneNumber("+\(country)\(number)").flatMap { isUsable ? .whole($0) : nil } ?? .unusable
    }

    /// The digits of the country's code, which WeChat writes as a number or as text.
    private static func country(_ value: JSONValue?) -> String? {
        guard let text = value?.string ?? value?.int64.map({ "\($0)" }) else { return nil }
        let digits = text.hasPrefix("+") ? String(text.dropFirst()) : text
        guard (1...4).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            digits.utf8.first != 0x30
        else { return nil }
        return digits
    }

    private static func withoutSpacing(_ text: String) -> String {
        String(decoding: text.utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") }, as: UTF8.self)
    }

    private static func isMainlandMobile(_ number: String) -> Bool {
        number.utf8.count == 11 && number.utf8.first == UInt8(ascii: "1")
    }
}
