import Foundation

/// Parameters as queries and forms have them (`application/x-www-form-urlencoded`).
package enum FormText {
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

    /// The parameters by name; nil if one is there twice (RFC 6749 §3.1) or is badly encoded.
    package static func parameters(in text: some StringProtocol) -> [String: String]? {
        var parameters: [String: String] = [:]
        // By bytes: a combining character behind a separator makes it another Character.
        for field in Array(text.utf8).split(separator: UInt8(ascii: "&")) {
            let parts = field.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(parts[0]), let value = decoded(parts.count > 1 ? parts[1] : []),
                parameters.updateValue(value, forKey: name) == nil
            else { return nil }
        }
        return parameters
    }

    /// The parameters as text, by name.
    package static func encode(_ parameters: [String: String]) -> String {
        parameters.sorted { $0.key < $1.key }.map { "\(encoded($0.key))=\(encoded($0.value))" }.joined(separator: "&")
    }

    package static func decoded(_ text: some StringProtocol) -> String? {
        decoded(Array(text.utf8)[...])
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
        let spaced = bytes.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
        return String(validating: spaced, as: UTF8.self)?.removingPercentEncoding
    }

    private static func encoded(_ text: String) -> String {
        // Every text without lone surrogates can be encoded, and Swift's have none.
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }
}
