import Foundation

/// Text of type `application/x-www-form-urlencoded`, as tests read and write it: apart from the code that they check.
package enum FormText {
    /// The parameters of a text; nil if one is there twice, which a provider refuses (RFC 6749 §3.1).
    package static func unique(_ text: some StringProtocol) -> [String: String]? {
        let pairs = text.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
        let values = Dictionary(
            pairs.map { (String($0[0]), $0.count > 1 ? String($0[1]).removingPercentEncoding ?? "" : "") },
            uniquingKeysWith: { first, _ in first }
        )
        return values.count == pairs.count ? values : nil
    }

    /// The parameters of a text; none if one is there twice.
    package static func decode(_ text: some StringProtocol) -> [String: String] {
        unique(text) ?? [:]
    }

    /// The parameters of a URL; none if one is there twice.
    package static func query(of url: String) -> [String: String] {
        decode(url.drop { $0 != "?" }.dropFirst())
    }

    /// A value as it is written in such a text.
    package static func encode(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
