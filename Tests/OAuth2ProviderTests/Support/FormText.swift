import Foundation
import Testing

/// Text of type `application/x-www-form-urlencoded`.
enum FormText {
    /// The parameters of a text; nil if one is there twice, which a provider refuses (RFC 6749 §3.1).
    static func unique(_ text: some StringProtocol) -> [String: String]? {
        let pairs = text.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
        let values = Dictionary(
            pairs.map { (String($0[0]), $0.count > 1 ? String($0[1]).removingPercentEncoding ?? "" : "") },
            uniquingKeysWith: { first, _ in first }
        )
        return values.count == pairs.count ? values : nil
    }

    /// The parameters of a text in which none may be there twice.
    static func decode(_ text: some StringProtocol) -> [String: String] {
        guard let values = unique(text) else {
            Issue.record("a parameter is there twice")
            return [:]
        }
        return values
    }

    /// The parameters of a URL.
    static func query(of url: String) -> [String: String] {
        decode(url.drop { $0 != "?" }.dropFirst())
    }

    static func encode(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
