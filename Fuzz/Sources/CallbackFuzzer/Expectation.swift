import Foundation
import IdentityBroker

/// What an answer means, read apart from the broker: pair by pair, with the decoder of Foundation.
enum Expectation: Equatable {
    /// It signs in with this code, and comes with this `user`.
    case code(String, user: String?)
    /// It does not, for one of these reasons.
    case refusal(Set<BrokerError.Kind>)

    private static let longestText = 8 * 1024
    private static let longestWord = 64
    private static let wordBytes = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._".utf8)
    private static let invalid = Expectation.refusal([.invalidCredential])

    init(of text: String, at site: Site, state: String) {
        guard text.utf8.count <= Self.longestText, let values = Self.values(in: text, watching: site.watched) else {
            self = Self.invalid
            return
        }
        let codes = Set(site.form.codeParameters.compactMap { values[$0] }.map { Array($0.utf8) })
        let error = values["error"]
        let isItself = values["iss"].map { name in site.names.contains { Self.isName(name, of: $0) } }
        guard codes.count <= 1, values["state"].map({ $0.utf8.elementsEqual(state.utf8) }) == true,
            isItself ?? (error != nil || !site.namesItself)
        else {
            self = Self.invalid
            return
        }
        if let error {
            self = .refusal(error == "access_denied" ? [.cancelledByUser] : Self.kindsOfErrors)
            return
        }
        guard codes.first.map({ !site.refusals.contains($0) }) ?? !site.form.refusesWithoutCode else {
            self = .refusal([.cancelledByUser])
            return
        }
        guard let code = codes.first, (1...Site.longestCode).contains(code.count),
            code.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            self = Self.invalid
            return
        }
        self = .code(String(decoding: code, as: UTF8.self), user: site.takesUser ? values["user"] : nil)
    }

    /// Whether a name is this one, in which a segment in braces stands for a word.
    private static func isName(_ name: String, of template: String) -> Bool {
        let (given, expected) = (segments(name), segments(template))
        return given.count == expected.count
            && zip(given, expected).allSatisfy { given, expected in
                guard expected.first == UInt8(ascii: "{") else { return given == expected }
                return (1...longestWord).contains(given.count) && given.allSatisfy(wordBytes.contains)
            }
    }

    private static func segments(_ name: String) -> [[UInt8]] {
        name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map(Array.init)
    }

    private static let kindsOfErrors: Set<BrokerError.Kind> = [
        .cancelledByUser, .interactionRequired, .upstreamUnavailable, .misconfigured, .invalidCredential,
    ]

    /// The values of the parameters that matter, those that are empty left out; nil if one is there twice, or if anything is
    /// not encoded.
    private static func values(in text: String, watching names: [String]) -> [String: String]? {
        var values: [String: String] = [:]
        var seen: Set<String> = []
        let content = text.utf8.first == UInt8(ascii: "?") ? text.utf8.dropFirst() : text.utf8[...]
        for pair in content.split(separator: UInt8(ascii: "&")) {
            let end = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            guard let name = decoded(pair[..<end]), let value = decoded(pair[end...].dropFirst()) else { return nil }
            guard let watched = names.first(where: { $0.utf8.elementsEqual(name.utf8) }) else { continue }
            guard seen.insert(watched).inserted else { return nil }
            values[watched] = value.isEmpty ? nil : value
        }
        return values
    }

    private static func decoded(_ text: Substring.UTF8View) -> String? {
        let spaced = text.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
        return String(decoding: spaced, as: UTF8.self).removingPercentEncoding
    }
}
