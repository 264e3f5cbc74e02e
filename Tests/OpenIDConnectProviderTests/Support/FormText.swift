import Foundation

/// Text of type `application/x-www-form-urlencoded`.
enum FormText {
    static func decode(_ text: some StringProtocol) -> [String: String] {
        let pairs = text.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
        return Dictionary(
            pairs.map { (String($0[0]), $0.count > 1 ? String($0[1]).removingPercentEncoding ?? "" : "") },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The parameters of a URL.
    static func query(of url: String) -> [String: String] {
        decode(url.drop { $0 != "?" }.dropFirst())
    }

    static func encode(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
